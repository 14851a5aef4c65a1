# METADATA
# title: Each use of chcon is recorded
# description: chcon gives a file another security label, and with it another confinement.
# custom:
#   id: host.audit.program_chcon
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.15"]
#     disa_stig_ubuntu_22.04: [UBTU-22-654025]
#     disa_stig_ubuntu_24.04: [UBTU-24-900210]
#     ssg: [audit_rules_execution_chcon]
#   attack: [T1222.002]
#   remediation:
#     text: Record each start of /usr/bin/chcon by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/chcon -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-chcon.rules) && augenrules --load"
package casemate.host.audit.program_chcon

import data.casemate.lib.audit

programs := ["/usr/bin/chcon"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
