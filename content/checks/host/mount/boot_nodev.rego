# METADATA
# title: /boot holds no working device nodes
# description: Kernel, initramfs and boot loader are files; no device node belongs between them.
# custom:
#   id: host.mount.boot_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     ssg: [mount_option_boot_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /boot in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/boot\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /boot
package casemate.host.mount.boot_nodev

import data.casemate.lib.mount

path := "/boot"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
