# METADATA
# title: /dev/shm runs no programs
# description: Malware likes /dev/shm, since what it runs from there is gone after a reboot and in no backup.
# custom:
#   id: host.mount.dev_shm_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.2.4"]
#     ssg: [mount_option_dev_shm_noexec]
#   attack: [T1059, T1620]
#   remediation:
#     text: Add noexec to the line of /dev/shm in /etc/fstab (or to its mount unit) and remount it.
#     command: '(grep -Eq ''^[^#]\S*\s+/dev/shm\s'' /etc/fstab || echo ''tmpfs /dev/shm tmpfs defaults,nosuid,nodev 0 0'' >> /etc/fstab) && sed -Ei ''\|^[^#]\S*\s+/dev/shm\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}'' /etc/fstab && mount -o remount,noexec /dev/shm'
package casemate.host.mount.dev_shm_noexec

import data.casemate.lib.mount

path := "/dev/shm"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
