# METADATA
# title: Refused opens by file handle are recorded
# description: open_by_handle_at goes round the path and is how processes climb out of containers.
# custom:
#   id: host.audit.handle_opens
#   kind: host
#   area: audit
#   needs: [audit_rules, identity]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654165]
#     disa_stig_ubuntu_24.04: [UBTU-24-900160]
#     ssg: [audit_rules_unsuccessful_file_modification_open_by_handle_at]
#   attack: [T1611]
#   remediation:
#     text: Record open_by_handle_at with exit=-EPERM and exit=-EACCES for both architectures.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F arch=b64 -S open_by_handle_at -F exit=-EPERM -F auid>=1000 -F auid!=unset -k access' '-a always,exit -F arch=b32 -S open_by_handle_at -F exit=-EPERM -F auid>=1000 -F auid!=unset -k access' '-a always,exit -F arch=b64 -S open_by_handle_at -F exit=-EACCES -F auid>=1000 -F auid!=unset -k access' '-a always,exit -F arch=b32 -S open_by_handle_at -F exit=-EACCES -F auid>=1000 -F auid!=unset -k access' > /etc/audit/rules.d/50-casemate-handle-opens.rules) && augenrules --load"
package casemate.host.audit.handle_opens

import data.casemate.lib.audit

facts := input.facets.audit_rules

machine := input.facets.identity.arch

refused := audit.missing_calls(facts, machine, ["open_by_handle_at"], {"exit=-EPERM", "exit=-1", "success=0"}, true)

denied := audit.missing_calls(facts, machine, ["open_by_handle_at"], {"exit=-EACCES", "exit=-13", "success=0"}, true)

compliant if {
	count(refused) == 0
	count(denied) == 0
}

deny contains {"message": sprintf("no audit rule records EPERM of %s", [concat(", ", refused)]), "evidence": {"missing": refused}} if count(refused) > 0

deny contains {"message": sprintf("no audit rule records EACCES of %s", [concat(", ", denied)]), "evidence": {"missing": denied}} if count(denied) > 0
