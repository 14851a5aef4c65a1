# METADATA
# title: Only root has the user id 0
# description: "The kernel knows numbers, not names: a second account with the id 0 is a second root that no list of
#   administrators shows."
# custom:
#   id: host.account.root_only_uid_zero
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: critical
#   frameworks: {cis_debian_12: ["5.4.2.1"], ssg: [accounts_no_uid_except_zero]}
#   attack: [T1136.001, T1098]
#   remediation:
#     text: Give the account another id or remove it, and find out who made it.
package casemate.host.account.root_only_uid_zero

import data.casemate.lib.accounts

wrong(user) if {
	user.uid == 0
	user.name != "root"
}

right(user) if user.uid != 0

right(user) if user.name == "root"

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has the user id 0", [user.name]),
	"evidence": {"user": user.name},
} if {
	some user in accounts.users
	wrong(user)
}
