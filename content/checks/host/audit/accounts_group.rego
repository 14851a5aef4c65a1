# METADATA
# title: Changes of the list of groups are recorded
# description: Membership of sudo, adm or docker is privilege; a record tells when somebody gained it.
# custom:
#   id: host.audit.accounts_group
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654130]
#     disa_stig_ubuntu_24.04: [UBTU-24-200290]
#     ssg: [audit_rules_usergroup_modification_group]
#   attack: [T1098]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/group.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/group -p wa -k identity' > /etc/audit/rules.d/50-casemate-accounts-group.rules) && augenrules --load"
package casemate.host.audit.accounts_group

import data.casemate.lib.audit

paths := ["/etc/group"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
