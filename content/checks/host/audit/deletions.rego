# METADATA
# title: Deletion and renaming of files by people is recorded
# description: Files that are deleted or moved aside are the traces somebody wants gone.
# custom:
#   id: host.audit.deletions
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.13"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654185]
#     disa_stig_ubuntu_24.04: [UBTU-24-900540]
#     ssg:
#       - audit_rules_file_deletion_events_rename
#       - audit_rules_file_deletion_events_renameat
#       - audit_rules_file_deletion_events_unlink
#       - audit_rules_file_deletion_events_unlinkat
#   attack: [T1070.004]
#   remediation:
#     text: Record unlink, unlinkat, rename, renameat for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S unlink,unlinkat,rename,renameat -F auid>=1000 -F auid!=unset -k delete' '-a always,exit -F arch=b32 -S unlink,unlinkat,rename,renameat -F auid>=1000 -F auid!=unset -k delete' > /etc/audit/rules.d/50-casemate-deletions.rules) && augenrules --load"
package casemate.host.audit.deletions

import data.casemate.lib.audit

calls := ["unlink", "unlinkat", "rename", "renameat"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
