# METADATA
# title: /var/log/audit is a file system of its own
# description: >-
#   auditd may be told to halt the host when it cannot write. Only room that nothing else uses makes that a safe
#   choice, and an attacker cannot blind it by filling other logs.
# custom:
#   id: host.mount.var_log_audit_separate
#   kind: host
#   area: filesystem
#   needs: [fstab]
#   needs_if_supported: [mounts]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.1.2.7.1"]
#     anssi_bp_028: [R71]
#     ssg: [partition_for_var_log_audit]
#   remediation:
#     text: Give /var/log/audit a file system of its own.
package casemate.host.mount.var_log_audit_separate

import data.casemate.lib.mount

path := "/var/log/audit"

compliant if mount.separate(path)

deny contains finding if some finding in mount.not_separate(path)
