# METADATA
# title: Changes of the login counters are recorded
# description: lastlog and the counters of failed logins show guessing; a record shows who resets them.
# custom:
#   id: host.audit.logins
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.12"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654215]
#     disa_stig_ubuntu_24.04: [UBTU-24-900260]
#     ssg: [audit_rules_login_events_faillock, audit_rules_login_events_lastlog]
#   attack: [T1110, T1070.002]
#   remediation:
#     text: Add a watch for writes and attribute changes of /var/log/lastlog, /var/run/faillock.
#     command: "(umask 027 && printf '%s\\n' '-w /var/log/lastlog -p wa -k logins' '-w /var/run/faillock -p wa -k logins' > /etc/audit/rules.d/50-casemate-logins.rules) && augenrules --load"
package casemate.host.audit.logins

import data.casemate.lib.audit

paths := ["/var/log/lastlog", "/var/run/faillock"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
