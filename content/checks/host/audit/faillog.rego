# METADATA
# title: Changes of the old failure log are recorded
# description: Programs that still count failed logins in faillog can have their count put back to nothing.
# custom:
#   id: host.audit.faillog
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654210]
#     disa_stig_ubuntu_24.04: [UBTU-24-900250]
#     ssg: [audit_rules_login_events_faillog]
#   attack: [T1110]
#   remediation:
#     text: Add a watch for writes and attribute changes of /var/log/faillog.
#     command: "(umask 027 && printf '%s\\n' '-w /var/log/faillog -p wa -k logins' > /etc/audit/rules.d/50-casemate-faillog.rules) && augenrules --load"
package casemate.host.audit.faillog

import data.casemate.lib.audit

paths := ["/var/log/faillog"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
