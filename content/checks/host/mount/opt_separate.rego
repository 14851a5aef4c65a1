# METADATA
# title: /opt is a file system of its own
# description: >-
#   Third parties' software lands in /opt with its own idea of permissions. Apart, its set-user-id files can be
#   ignored.
# custom:
#   id: host.mount.opt_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [partition_for_opt]
#   remediation:
#     text: Put /opt on a file system of its own.
package casemate.host.mount.opt_separate

import data.casemate.lib.mount

path := "/opt"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
