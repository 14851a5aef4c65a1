# METADATA
# title: Each use of newgrp is recorded
# description: newgrp starts a shell with another group, for which a group password is enough.
# custom:
#   id: host.audit.program_newgrp
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654070]
#     disa_stig_ubuntu_24.04: [UBTU-24-900200]
#     ssg: [audit_rules_privileged_commands_newgrp]
#   attack: [T1548]
#   remediation:
#     text: Record each start of /usr/bin/newgrp by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/newgrp -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-newgrp.rules) && augenrules --load"
package casemate.host.audit.program_newgrp

import data.casemate.lib.audit

programs := ["/usr/bin/newgrp"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
