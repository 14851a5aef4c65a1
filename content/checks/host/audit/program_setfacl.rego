# METADATA
# title: Each use of setfacl is recorded
# description: Access lists grant rights that `ls -l` hardly shows; setfacl makes them.
# custom:
#   id: host.audit.program_setfacl
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.16"]
#     disa_stig_ubuntu_22.04: [UBTU-22-654085]
#     disa_stig_ubuntu_24.04: [UBTU-24-900230]
#     ssg: [audit_rules_execution_setfacl]
#   attack: [T1222.002]
#   remediation:
#     text: Record each start of /usr/bin/setfacl by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/setfacl -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-setfacl.rules) && augenrules --load"
package casemate.host.audit.program_setfacl

import data.casemate.lib.audit

programs := ["/usr/bin/setfacl"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
