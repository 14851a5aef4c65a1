# METADATA
# title: /srv is a file system of its own
# description: >-
#   Data that the host serves grows with its users. Apart from the system, it can be limited and needs no privileged
#   files.
# custom:
#   id: host.mount.srv_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [partition_for_srv]
#   remediation:
#     text: Put /srv on a file system of its own.
package casemate.host.mount.srv_separate

import data.casemate.lib.mount

path := "/srv"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
