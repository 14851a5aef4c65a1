# METADATA
# title: Each use of crontab is recorded
# description: crontab plants a job that outlives the session.
# custom:
#   id: host.audit.program_crontab
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654040]
#     disa_stig_ubuntu_24.04: [UBTU-24-900320]
#     ssg: [audit_rules_privileged_commands_crontab]
#   attack: [T1053.003]
#   remediation:
#     text: Record each start of /usr/bin/crontab by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/crontab -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-crontab.rules) && augenrules --load"
package casemate.host.audit.program_crontab

import data.casemate.lib.audit

programs := ["/usr/bin/crontab"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
