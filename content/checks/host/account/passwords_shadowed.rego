# METADATA
# title: Password hashes are in /etc/shadow only
# description: Everybody may read /etc/passwd, and whoever has a hash can guess the password elsewhere.
# custom:
#   id: host.account.passwords_shadowed
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: high
#   frameworks: {cis_debian_12: ["7.2.1"], ssg: [accounts_password_all_shadowed]}
#   attack: [T1003.008]
#   remediation:
#     text: Move the hashes with pwconv.
#     command: pwconv
package casemate.host.account.passwords_shadowed

import data.casemate.lib.accounts

wrong(user) if user.password == "not_shadowed"

right(user) if user.password in {"set", "locked", "none", "empty"}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("the hash of %s stands in /etc/passwd", [user.name]),
	"evidence": {"user": user.name},
} if {
	some user in accounts.users
	wrong(user)
}
