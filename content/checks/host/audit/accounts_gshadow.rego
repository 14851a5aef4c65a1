# METADATA
# title: Changes of the group passwords are recorded
# description: A password on a group lets anyone who knows it join with newgrp, without a line in the group list.
# custom:
#   id: host.audit.accounts_gshadow
#   kind: host
#   area: audit
#   needs: [audit_rules]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.3.8"]
#     anssi_bp_028: [R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-654135]
#     disa_stig_ubuntu_24.04: [UBTU-24-200310]
#     ssg: [audit_rules_usergroup_modification_gshadow]
#   attack: [T1098]
#   remediation:
#     text: Add a watch for writes and attribute changes of /etc/gshadow.
#     command: "(umask 027 && printf '%s\\n' '-w /etc/gshadow -p wa -k identity' > /etc/audit/rules.d/50-casemate-accounts-gshadow.rules) && augenrules --load"
package casemate.host.audit.accounts_gshadow

import data.casemate.lib.audit

paths := ["/etc/gshadow"]

gaps := audit.unwatched(input.facets.audit_rules, paths)

compliant if count(gaps) == 0

deny contains {"message": sprintf("no audit rule records every change of %s", [path]), "evidence": {"path": path, "wanted": "perm=wa"}} if {
	some path in gaps
}
