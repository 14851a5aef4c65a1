# METADATA
# title: Each use of gpasswd is recorded
# description: gpasswd adds members and administrators to groups.
# custom:
#   id: host.audit.program_gpasswd
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654050]
#     disa_stig_ubuntu_24.04: [UBTU-24-900290]
#     ssg: [audit_rules_privileged_commands_gpasswd]
#   attack: [T1098]
#   remediation:
#     text: Record each start of /usr/bin/gpasswd by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/gpasswd -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-gpasswd.rules) && augenrules --load"
package casemate.host.audit.program_gpasswd

import data.casemate.lib.audit

programs := ["/usr/bin/gpasswd"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
