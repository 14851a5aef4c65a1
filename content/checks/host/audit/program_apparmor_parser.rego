# METADATA
# title: Each use of apparmor_parser is recorded
# description: apparmor_parser takes profiles out of the running kernel.
# custom:
#   id: host.audit.program_apparmor_parser
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654010]
#     disa_stig_ubuntu_24.04: [UBTU-24-900220]
#     ssg: [audit_rules_privileged_commands_apparmor_parser]
#   attack: [T1562.001]
#   remediation:
#     text: Record each start of /usr/sbin/apparmor_parser by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/sbin/apparmor_parser -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-apparmor-parser.rules) && augenrules --load"
package casemate.host.audit.program_apparmor_parser

import data.casemate.lib.audit

programs := ["/usr/sbin/apparmor_parser"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
