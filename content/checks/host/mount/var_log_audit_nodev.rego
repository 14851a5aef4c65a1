# METADATA
# title: /var/log/audit holds no working device nodes
# description: Only auditd writes here, and it writes text.
# custom:
#   id: host.mount.var_log_audit_nodev
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.7.2"]
#     ssg: [mount_option_var_log_audit_nodev]
#   attack: [T1006]
#   remediation:
#     text: Add nodev to the line of /var/log/audit in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log/audit\s|{/\bnodev\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nodev|}' /etc/fstab && mount -o remount,nodev /var/log/audit
package casemate.host.mount.var_log_audit_nodev

import data.casemate.lib.mount

path := "/var/log/audit"

option := "nodev"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
