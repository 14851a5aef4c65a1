# METADATA
# title: /var/tmp runs no programs
# description: Tools that an attacker brings along are often kept in /var/tmp, because it is not emptied at boot.
# custom:
#   id: host.mount.var_tmp_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.1.2.5.4"]
#     anssi_bp_028: [R28]
#     ssg: [mount_option_var_tmp_noexec]
#   attack: [T1059, T1105]
#   remediation:
#     text: Add noexec to the line of /var/tmp in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/tmp\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && mount -o remount,noexec /var/tmp
package casemate.host.mount.var_tmp_noexec

import data.casemate.lib.mount

path := "/var/tmp"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
