# METADATA
# title: Every user's primary group exists
# description: Whoever creates the missing group later gets the files of the account with it.
# custom:
#   id: host.account.primary_group_exists
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: low
#   frameworks: {cis_debian_12: ["7.2.3"], ssg: [gid_passwd_group_same]}
#   remediation:
#     text: Create the group with groupadd -g, or give the user another one.
package casemate.host.account.primary_group_exists

import data.casemate.lib.accounts

wrong(user) if user.group == null

right(user) if is_string(user.group)

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has the primary group %d, which does not exist", [user.name, user.gid]),
	"evidence": {"user": user.name, "gid": user.gid},
} if {
	some user in accounts.users
	wrong(user)
}
