# METADATA
# title: /dev/shm lends no privileges by set-user-id files
# description: A set-user-id file in shared memory leaves no trace on any disk.
# custom:
#   id: host.mount.dev_shm_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.1.2.2.3"]
#     ssg: [mount_option_dev_shm_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /dev/shm in /etc/fstab (or to its mount unit) and remount it.
#     command: '(grep -Eq ''^[^#]\S*\s+/dev/shm\s'' /etc/fstab || echo ''tmpfs /dev/shm tmpfs defaults,nosuid,nodev 0 0'' >> /etc/fstab) && sed -Ei ''\|^[^#]\S*\s+/dev/shm\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}'' /etc/fstab && mount -o remount,nosuid /dev/shm'
package casemate.host.mount.dev_shm_nosuid

import data.casemate.lib.mount

path := "/dev/shm"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
