# METADATA
# title: No group has a password
# description: A group password is shared by all who know it, and lets people in whom no list of members shows.
# custom:
#   id: host.account.no_group_passwords
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: low
#   attack: [T1078.003]
#   remediation:
#     text: Remove it with gpasswd -r GROUP.
package casemate.host.account.no_group_passwords

import data.casemate.lib.accounts

wrong(group) if group.password_set == true

right(group) if group.password_set == false

compliant if {
	count(accounts.groups) > 0
	every group in accounts.groups {
		right(group)
	}
}

deny contains {
	"message": sprintf("the group %s has a password", [group.name]),
	"evidence": {"group": group.name},
} if {
	some group in accounts.groups
	wrong(group)
}
