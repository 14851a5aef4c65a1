# METADATA
# title: Each use of su is recorded
# description: su turns a known password into another account, without sudo's own log.
# custom:
#   id: host.audit.program_su
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654100]
#     disa_stig_ubuntu_24.04: [UBTU-24-900070]
#     ssg: [audit_rules_privileged_commands_su]
#   attack: [T1548]
#   remediation:
#     text: Record each start of /usr/bin/su by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/su -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-su.rules) && augenrules --load"
package casemate.host.audit.program_su

import data.casemate.lib.audit

programs := ["/usr/bin/su"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
