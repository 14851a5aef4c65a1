# METADATA
# title: Changes of the name service switch are recorded
# description: The switch decides where users and groups come from; another source can bring its own administrators.
# custom:
#   id: host.audit.nsswitch
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     ssg: [audit_rules_usergroup_modification_nsswitch_conf]
#   attack: [T1556]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/nsswitch.conf.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/nsswitch.conf -p wa -k identity' > /etc/audit/rules.d/50-casemate-nsswitch.rules) && augenrules --load"
package casemate.host.audit.nsswitch

import data.casemate.lib.audit

paths := ["/etc/nsswitch.conf"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
