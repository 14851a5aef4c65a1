# METADATA
# title: Changes of the login stack are recorded
# description: One inserted PAM module accepts any password, or writes each of them down.
# custom:
#   id: host.audit.pam
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     ssg: [audit_rules_usergroup_modification_pam_conf, audit_rules_usergroup_modification_pamd]
#   attack: [T1556.003]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/pam.conf, /etc/pam.d.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/pam.conf -p wa -k identity' '-w /etc/pam.d -p wa -k identity' > /etc/audit/rules.d/50-casemate-pam.rules) && augenrules --load"
package casemate.host.audit.pam

import data.casemate.lib.audit

paths := ["/etc/pam.conf", "/etc/pam.d"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
