# METADATA
# title: /var/log runs no programs
# description: Attackers can choose what is written to a log. Nothing there should ever run.
# custom:
#   id: host.mount.var_log_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.6.4"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_log_noexec]
#   attack: [T1059]
#   remediation:
#     text: Add noexec to the line of /var/log in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && mount -o remount,noexec /var/log
package casemate.host.mount.var_log_noexec

import data.casemate.lib.mount

path := "/var/log"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
