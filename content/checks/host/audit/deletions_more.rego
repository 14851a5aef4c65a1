# METADATA
# title: Removal of directories and renaming by the newer call is recorded
# description: "rename alone is not enough: renameat2 is what today's mv uses, and rmdir removes what was emptied."
# custom:
#   id: host.audit.deletions_more
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654185]
#     disa_stig_ubuntu_24.04: [UBTU-24-900540]
#     ssg: [audit_rules_file_deletion_events_renameat2, audit_rules_file_deletion_events_rmdir]
#   attack: [T1070.004]
#   remediation:
#     text: Record renameat2, rmdir for both architectures, for every login.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S renameat2,rmdir -F auid>=1000 -F auid!=unset -k delete' '-a always,exit -F arch=b32 -S renameat2,rmdir -F auid>=1000 -F auid!=unset -k delete' > /etc/audit/rules.d/50-casemate-deletions-more.rules) && augenrules --load"
package casemate.host.audit.deletions_more

import data.casemate.lib.audit

calls := ["renameat2", "rmdir"]

missing := audit.missing_calls(input.facets.audit_rules, input.facets.identity.arch, calls, set(), true)

compliant if count(missing) == 0

deny contains {"message": sprintf("no audit rule records %s", [concat(", ", missing)]), "evidence": {"missing": missing}} if count(missing) > 0
