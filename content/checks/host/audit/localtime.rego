# METADATA
# title: A change of the time zone is recorded
# description: Moving the zone shifts every time stamp that is shown later, which blurs the order of events.
# custom:
#   id: host.audit.localtime
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.4"]
#     anssi_bp_028: [R73]
#     ssg: [audit_rules_time_watch_localtime]
#   attack: [T1070.006]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/localtime.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/localtime -p wa -k time-change' > /etc/audit/rules.d/50-casemate-localtime.rules) && augenrules --load"
package casemate.host.audit.localtime

import data.casemate.lib.audit

paths := ["/etc/localtime"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
