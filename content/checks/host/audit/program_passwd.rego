# METADATA
# title: Each use of passwd and unix_update is recorded
# description: A password that is changed for somebody else locks them out and lets the changer in.
# custom:
#   id: host.audit.program_passwd
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654080, UBTU-22-654120]
#     disa_stig_ubuntu_24.04: [UBTU-24-900270, UBTU-24-900280]
#     ssg: [audit_rules_privileged_commands_passwd, audit_rules_privileged_commands_unix_update]
#   attack: [T1098]
#   remediation:
#     text: Record each start of /usr/bin/passwd and /usr/sbin/unix_update by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/bin/passwd -F perm=x -F auid>=1000 -F auid!=unset -k privileged' '-a always,exit -F path=/usr/sbin/unix_update -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-passwd.rules) && augenrules --load"
package casemate.host.audit.program_passwd

import data.casemate.lib.audit

programs := ["/usr/bin/passwd", "/usr/sbin/unix_update"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
