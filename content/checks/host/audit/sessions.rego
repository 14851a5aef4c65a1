# METADATA
# title: Changes of the session records are recorded
# description: utmp, wtmp and btmp say who was logged in; intruders cut themselves out of them.
# custom:
#   id: host.audit.sessions
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.11"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654195, UBTU-22-654200, UBTU-22-654205]
#     disa_stig_ubuntu_24.04: [UBTU-24-900590, UBTU-24-900600, UBTU-24-900610]
#     ssg:
#       - audit_rules_session_events
#       - audit_rules_session_events_btmp
#       - audit_rules_session_events_utmp
#       - audit_rules_session_events_wtmp
#   attack: [T1070.002]
#   remediation:
#     text: Add a watch for writes and attribute changes of /var/run/utmp, /var/log/wtmp, /var/log/btmp.
#     command: "(umask 027 && printf '%s\\n' '-w /var/run/utmp -p wa -k session' '-w /var/log/wtmp -p wa -k session' '-w /var/log/btmp -p wa -k session' > /etc/audit/rules.d/50-casemate-sessions.rules) && augenrules --load"
package casemate.host.audit.sessions

import data.casemate.lib.audit

paths := ["/var/run/utmp", "/var/log/wtmp", "/var/log/btmp"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
