# METADATA
# title: /var/log/audit runs no programs
# description: Nothing that lies beside the audit trail has to run.
# custom:
#   id: host.mount.var_log_audit_noexec
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.7.4"]
#     ssg: [mount_option_var_log_audit_noexec]
#   attack: [T1059]
#   remediation:
#     text: Add noexec to the line of /var/log/audit in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log/audit\s|{/\bnoexec\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,noexec|}' /etc/fstab && mount -o remount,noexec /var/log/audit
package casemate.host.mount.var_log_audit_noexec

import data.casemate.lib.mount

path := "/var/log/audit"

option := "noexec"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
