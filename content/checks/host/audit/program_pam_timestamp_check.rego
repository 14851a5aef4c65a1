# METADATA
# title: Each use of pam_timestamp_check is recorded
# description: pam_timestamp_check tells whether a remembered authentication is still good, and can renew it.
# custom:
#   id: host.audit.program_pam_timestamp_check
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654075]
#     disa_stig_ubuntu_24.04: [UBTU-24-900330]
#     ssg: [audit_rules_privileged_commands_pam_timestamp_check]
#   attack: [T1548]
#   remediation:
#     text: Record each start of /usr/sbin/pam_timestamp_check by people.
#     command: "(umask 027 && printf '%s\\n' '-a always,exit -F path=/usr/sbin/pam_timestamp_check -F perm=x -F auid>=1000 -F auid!=unset -k privileged' > /etc/audit/rules.d/50-casemate-program-pam-timestamp-check.rules) && augenrules --load"
package casemate.host.audit.program_pam_timestamp_check

import data.casemate.lib.audit

programs := ["/usr/sbin/pam_timestamp_check"]

gaps := audit.unrecorded(input.facets.audit_rules, programs)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every use of %s", [path]), "evidence": {"path": path, "wanted": "perm=x"}} if {
	some path in gaps
}
