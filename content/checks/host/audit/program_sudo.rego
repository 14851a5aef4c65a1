# METADATA
# title: Each use of sudo and sudoedit is recorded
# description: sudo is the way to root that people take every day; its uses are the first thing to look at afterwards.
# custom:
#   id: host.audit.program_sudo
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R33]
#     disa_stig_ubuntu_22.04: [UBTU-22-654105, UBTU-22-654110]
#     disa_stig_ubuntu_24.04: [UBTU-24-900170, UBTU-24-900180]
#     ssg: [audit_rules_privileged_commands_sudo, audit_rules_privileged_commands_sudoedit]
#   attack: [T1548.003]
#   remediation:
#     text: Record each start of /usr/bin/sudo and /usr/bin/sudoedit by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/sudo -F perm=x -F auid>=1000 -F auid!=unset -k privileged' '-a always,exit -F path=/usr/bin/sudoedit -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-sudo.rules) && augenrules --load"
package casemate.host.audit.program_sudo

import data.casemate.lib.audit

programs := ["/usr/bin/sudo", "/usr/bin/sudoedit"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
