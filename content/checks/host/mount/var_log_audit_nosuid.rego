# METADATA
# title: /var/log/audit lends no privileges by set-user-id files
# description: The audit trail is evidence; privileged programs have no place among it.
# custom:
#   id: host.mount.var_log_audit_nosuid
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.7.3"]
#     ssg: [mount_option_var_log_audit_nosuid]
#   attack: [T1548.001]
#   remediation:
#     text: Add nosuid to the line of /var/log/audit in /etc/fstab (or to its mount unit) and remount it.
#     command: sed -Ei '\|^[^#]\S*\s+/var/log/audit\s|{/\bnosuid\b/!s|^(\S+\s+\S+\s+\S+\s+\S+)|\1,nosuid|}' /etc/fstab && mount -o remount,nosuid /var/log/audit
package casemate.host.mount.var_log_audit_nosuid

import data.casemate.lib.mount

path := "/var/log/audit"

option := "nosuid"

applies if not mount.nothing_at(path)

compliant if mount.restricted(path, option)

deny contains finding if some finding in mount.loose(path, option)
