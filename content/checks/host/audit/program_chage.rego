# METADATA
# title: Each use of chage is recorded
# description: chage takes the end date off an account that should have expired.
# custom:
#   id: host.audit.program_chage
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654020]
#     disa_stig_ubuntu_24.04: [UBTU-24-900300]
#     ssg: [audit_rules_privileged_commands_chage]
#   attack: [T1098]
#   remediation:
#     text: Record each start of /usr/bin/chage by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/chage -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-chage.rules) && augenrules --load"
package casemate.host.audit.program_chage

import data.casemate.lib.audit

programs := ["/usr/bin/chage"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
