# METADATA
# title: Each use of ssh-keysign is recorded
# description: ssh-keysign reads the host's private keys on behalf of users.
# custom:
#   id: host.audit.program_ssh_keysign
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654095]
#     disa_stig_ubuntu_24.04: [UBTU-24-900120]
#     ssg: [audit_rules_privileged_commands_ssh_keysign]
#   attack: [T1552.004]
#   remediation:
#     text: Record each start of /usr/lib/openssh/ssh-keysign by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/lib/openssh/ssh-keysign -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-ssh-keysign.rules) && augenrules --load"
package casemate.host.audit.program_ssh_keysign

import data.casemate.lib.audit

programs := ["/usr/lib/openssh/ssh-keysign"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
