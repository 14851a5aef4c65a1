# METADATA
# title: Only the group root has the id 0
# description: Members of a second group with the id 0 are members of root under another name.
# custom:
#   id: host.account.root_group_only_gid_zero
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: high
#   frameworks: {cis_debian_12: ["5.4.2.3"], ssg: [groups_no_zero_gid_except_root]}
#   attack: [T1098]
#   remediation:
#     text: Give the group another id with groupmod -g.
package casemate.host.account.root_group_only_gid_zero

import data.casemate.lib.accounts

wrong(group) if {
	group.gid == 0
	group.name != "root"
}

right(group) if group.gid != 0

right(group) if group.name == "root"

compliant if {
	count(accounts.groups) > 0
	every group in accounts.groups {
		right(group)
	}
}

deny contains {
	"message": sprintf("the group %s has the id 0", [group.name]),
	"evidence": {"group": group.name},
} if {
	some group in accounts.groups
	wrong(group)
}
