# METADATA
# title: /boot is a file system of its own
# description: >-
#   Kernel and boot loader, kept apart, can be mounted on demand or with options of their own, and survive damage to
#   the root file system.
# custom:
#   id: host.mount.boot_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [partition_for_boot]
#   remediation:
#     text: Put /boot on a file system of its own, best at the installation.
package casemate.host.mount.boot_separate

import data.casemate.lib.mount

path := "/boot"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
