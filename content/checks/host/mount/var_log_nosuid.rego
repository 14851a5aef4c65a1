# METADATA
# title: /var/log lends no privileges by set-user-id files
# description: Several services may write to /var/log; none of them should be able to leave privileges there.
# custom:
#   id: host.mount.var_log_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.6.3"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_log_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /var/log in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /var/log
package casemate.host.mount.var_log_nosuid

import data.casemate.lib.mount

path := "/var/log"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
