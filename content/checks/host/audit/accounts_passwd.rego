# METADATA
# title: Changes of the list of users are recorded
# description: A new line in passwd is a new way in, and one with user id 0 is a second root.
# custom:
#   id: host.audit.accounts_passwd
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654145]
#     disa_stig_ubuntu_24.04: [UBTU-24-200280]
#     ssg: [audit_rules_usergroup_modification_passwd]
#   attack: [T1136.001, T1098]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/passwd.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/passwd -p wa -k identity' > /etc/audit/rules.d/50-casemate-accounts-passwd.rules) && augenrules --load"
package casemate.host.audit.accounts_passwd

import data.casemate.lib.audit

paths := ["/etc/passwd"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
