# METADATA
# title: /dev/shm holds no working device nodes
# description: Shared memory needs no devices, and everybody may write there.
# custom:
#   id: host.mount.dev_shm_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.2.2"]
#     ssg: [mount_option_dev_shm_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /dev/shm in /etc/fstab (or to its mount unit) and remount it.
#     command: '(grep -Eq ''^[^#]\S*\s+/dev/shm\s'' /etc/fstab || echo ''tmpfs /dev/shm tmpfs defaults,nosuid,nodev 0 0'' >> /etc/fstab) && sed -Ei ''\|^[^#]\S*\s+/dev/shm\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}'' /etc/fstab && mount -o remount,nodev /dev/shm'
package casemate.host.mount.dev_shm_nodev

import data.casemate.lib.mount

path := "/dev/shm"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
