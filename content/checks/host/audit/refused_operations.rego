# METADATA
# title: File accesses that end in EPERM are recorded
# description: >-
#   Attempts that the kernel refuses as not permitted, on immutable files for example, show somebody trying what
#   only root may do.
# custom:
#   id: host.audit.refused_operations
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.7"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654165]
#     disa_stig_ubuntu_24.04: [UBTU-24-900160]
#     ssg:
#       - audit_rules_unsuccessful_file_modification_creat
#       - audit_rules_unsuccessful_file_modification_ftruncate
#       - audit_rules_unsuccessful_file_modification_open
#       - audit_rules_unsuccessful_file_modification_openat
#       - audit_rules_unsuccessful_file_modification_truncate
#   attack: [T1083]
#   remediation:
#     text: Record creat, open, openat, truncate and ftruncate with exit=-EPERM for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S creat,open,openat,truncate,ftruncate -F exit=-EPERM -F auid>=1000 -F auid!=unset -k access' '-a always,exit -F arch=b32 -S creat,open,openat,truncate,ftruncate -F exit=-EPERM -F auid>=1000 -F auid!=unset -k access' > /etc/audit/rules.d/50-casemate-refused-operations.rules) && augenrules --load"
package casemate.host.audit.refused_operations

import data.casemate.lib.audit

calls := ["creat", "open", "openat", "truncate", "ftruncate"]

outcomes := {"exit=-EPERM", "exit=-1", "success=0"}

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, outcomes, true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records EPERM of %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
