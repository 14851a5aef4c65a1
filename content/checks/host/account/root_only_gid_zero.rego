# METADATA
# title: Only root has the primary group 0
# description: Files of group root are often writable or readable by their group, on the assumption that nobody is in
#   it.
# custom:
#   id: host.account.root_only_gid_zero
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: high
#   frameworks: {cis_debian_12: ["5.4.2.2"], ssg: [accounts_root_gid_zero]}
#   attack: [T1098]
#   params:
#     allowed: {type: list, default: [root, sync, shutdown, halt, operator], description: accounts that may have it}
#   remediation:
#     text: Give the account a group of its own with usermod -g.
package casemate.host.account.root_only_gid_zero

import data.casemate.lib.accounts

wrong(user) if {
	user.gid == 0
	not user.name in data.params.allowed
}

right(user) if user.gid != 0

right(user) if {
	user.gid == 0
	user.name in data.params.allowed
}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has the primary group 0", [user.name]),
	"evidence": {"user": user.name, "gid": user.gid},
} if {
	some user in accounts.users
	wrong(user)
}
