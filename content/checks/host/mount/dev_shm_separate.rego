# METADATA
# title: /dev/shm is a file system of its own
# description: >-
#   Shared memory is writable by everybody. As a mount of its own it takes options that keep programs out of it.
# custom:
#   id: host.mount.dev_shm_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.2.1"]
#     ssg: [partition_for_dev_shm]
#   remediation:
#     text: Leave the mount of /dev/shm to systemd, or add a tmpfs line for it to fstab.
#     command: mount -t tmpfs -o nosuid,nodev,noexec tmpfs /dev/shm
package casemate.host.mount.dev_shm_separate

import data.casemate.lib.mount

path := "/dev/shm"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
