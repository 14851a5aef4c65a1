# METADATA
# title: Each use of chacl is recorded
# description: chacl changes access lists in the manner of IRIX, past an eye that looks for setfacl.
# custom:
#   id: host.audit.program_chacl
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.17"]
#     disa_stig_ubuntu_22.04: [UBTU-22-654015]
#     disa_stig_ubuntu_24.04: [UBTU-24-900240]
#     ssg: [audit_rules_execution_chacl]
#   attack: [T1222.002]
#   remediation:
#     text: Record each start of /usr/bin/chacl by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/chacl -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-chacl.rules) && augenrules --load"
package casemate.host.audit.program_chacl

import data.casemate.lib.audit

programs := ["/usr/bin/chacl"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
