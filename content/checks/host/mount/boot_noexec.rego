# METADATA
# title: /boot runs no programs
# description: What lies on /boot is read by the boot loader, never run by users.
# custom:
#   id: host.mount.boot_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R28]
#     ssg: [mount_option_boot_noexec]
#   attack: [T1059]
#   remediation:
#     text: Add noexec to the line of /boot in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/boot\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && mount -o remount,noexec /boot
package casemate.host.mount.boot_noexec

import data.casemate.lib.mount

path := "/boot"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
