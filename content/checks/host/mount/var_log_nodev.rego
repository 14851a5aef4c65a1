# METADATA
# title: /var/log holds no working device nodes
# description: Logs are plain files. A device among them is either an accident or meant to be overlooked.
# custom:
#   id: host.mount.var_log_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.6.2"]
#     ssg: [mount_option_var_log_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /var/log in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /var/log
package casemate.host.mount.var_log_nodev

import data.casemate.lib.mount

path := "/var/log"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
