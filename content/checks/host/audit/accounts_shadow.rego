# METADATA
# title: Changes of the password hashes are recorded
# description: A hash that is exchanged by hand lets an intruder log in as somebody else and put the old one back.
# custom:
#   id: host.audit.accounts_shadow
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654150]
#     disa_stig_ubuntu_24.04: [UBTU-24-200300]
#     ssg: [audit_rules_usergroup_modification_shadow]
#   attack: [T1098]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/shadow.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/shadow -p wa -k identity' > /etc/audit/rules.d/50-casemate-accounts-shadow.rules) && augenrules --load"
package casemate.host.audit.accounts_shadow

import data.casemate.lib.audit

paths := ["/etc/shadow"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
