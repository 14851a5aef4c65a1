# METADATA
# title: Passwords of accounts cannot be changed back on the same day
# description: Otherwise users change a password as often as the history remembers, and end with the old one.
# custom:
#   id: host.account.password_min_days
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: low
#   frameworks: {cis_debian_12: ["5.4.1.2"], ssg: [accounts_password_set_min_life_existing]}
#   params:
#     least: {type: int, default: 1, description: least days between two changes}
#   remediation:
#     text: Set it per user with chage -m 1 USER.
package casemate.host.account.password_min_days

import data.casemate.lib.accounts

# Only a password that is set can age.
fits(user) if {
	user.min_days >= data.params.least
}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		user.password != ""
	}
	every user in accounts.with_password {
		fits(user)
	}
}

deny contains {
	"message": sprintf(
		"the password of %s may be changed after days: %s; wanted %d or more",
		[user.name, shown(user.min_days), data.params.least],
	),
	"evidence": {"user": user.name, "min_days": user.min_days},
} if {
	some user in accounts.with_password
	is_known(user.min_days)
	not fits(user)
}

is_known(value) if is_number(value)

is_known(value) if value == null

shown(value) := sprintf("%d", [value]) if is_number(value)

shown(value) := "not set" if value == null
