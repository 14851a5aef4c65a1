# METADATA
# title: File accesses that end in EACCES are recorded
# description: File accesses that fail for want of rights show somebody feeling the walls.
# custom:
#   id: host.audit.denied_permissions
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
#     text: Record creat, open, openat, truncate and ftruncate with exit=-EACCES for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S creat,open,openat,truncate,ftruncate -F exit=-EACCES -F auid>=1000 -F auid!=unset -k access' '-a always,exit -F arch=b32 -S creat,open,openat,truncate,ftruncate -F exit=-EACCES -F auid>=1000 -F auid!=unset -k access' > /etc/audit/rules.d/50-casemate-denied-permissions.rules) && augenrules --load"
package casemate.host.audit.denied_permissions

import data.casemate.lib.audit

calls := ["creat", "open", "openat", "truncate", "ftruncate"]

outcomes := {"exit=-EACCES", "exit=-13", "success=0"}

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, outcomes, true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records EACCES of %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
