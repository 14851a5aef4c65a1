# METADATA
# title: /usr is a file system of its own
# description: >-
#   A /usr of its own can be mounted read-only between updates. With Debian's merged /usr it has to be mounted by the
#   initramfs, which does so.
# custom:
#   id: host.mount.usr_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [partition_for_usr]
#   remediation:
#     text: Put /usr on a file system of its own, at the installation.
package casemate.host.mount.usr_separate

import data.casemate.lib.mount

path := "/usr"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
