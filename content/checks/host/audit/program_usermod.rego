# METADATA
# title: Each use of usermod is recorded
# description: usermod unlocks accounts and puts them into groups such as sudo.
# custom:
#   id: host.audit.program_usermod
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.18"]
#     disa_stig_ubuntu_22.04: [UBTU-22-654125]
#     disa_stig_ubuntu_24.04: [UBTU-24-900310]
#     ssg: [audit_rules_privileged_commands_usermod]
#   attack: [T1098]
#   remediation:
#     text: Record each start of /usr/sbin/usermod by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/sbin/usermod -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-usermod.rules) && augenrules --load"
package casemate.host.audit.program_usermod

import data.casemate.lib.audit

programs := ["/usr/sbin/usermod"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
