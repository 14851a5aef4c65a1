# METADATA
# title: Each use of ssh-agent is recorded
# description: An agent holds keys that are open; the record says who started one, and when.
# custom:
#   id: host.audit.program_ssh_agent
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654090]
#     disa_stig_ubuntu_24.04: [UBTU-24-900110]
#     ssg: [audit_rules_privileged_commands_ssh_agent]
#   attack: [T1552.004]
#   remediation:
#     text: Record each start of /usr/bin/ssh-agent by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/ssh-agent -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-ssh-agent.rules) && augenrules --load"
package casemate.host.audit.program_ssh_agent

import data.casemate.lib.audit

programs := ["/usr/bin/ssh-agent"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
