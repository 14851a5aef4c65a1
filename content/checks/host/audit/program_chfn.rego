# METADATA
# title: Each use of chfn is recorded
# description: chfn rewrites a line of passwd with root's rights, and has had holes before.
# custom:
#   id: host.audit.program_chfn
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654030]
#     disa_stig_ubuntu_24.04: [UBTU-24-900080]
#     ssg: [audit_rules_privileged_commands_chfn]
#   attack: [T1068]
#   remediation:
#     text: Record each start of /usr/bin/chfn by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/chfn -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-chfn.rules) && augenrules --load"
package casemate.host.audit.program_chfn

import data.casemate.lib.audit

programs := ["/usr/bin/chfn"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
