# METADATA
# title: Users are warned before their password ends
# description: Those who are surprised at the prompt choose badly.
# custom:
#   id: host.account.password_warn_days
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: low
#   frameworks: {cis_debian_12: ["5.4.1.3"]}
#   params:
#     least: {type: int, default: 7, description: least days of warning}
#   remediation:
#     text: Set it per user with chage -W 7 USER.
package casemate.host.account.password_warn_days

import data.casemate.lib.accounts

# Only a password that is set can age.
fits(user) if {
	user.warn_days >= data.params.least
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
		"%s is warned before the password ends, days: %s; wanted %d or more",
		[user.name, shown(user.warn_days), data.params.least],
	),
	"evidence": {"user": user.name, "warn_days": user.warn_days},
} if {
	some user in accounts.with_password
	is_known(user.warn_days)
	not fits(user)
}

is_known(value) if is_number(value)

is_known(value) if value == null

shown(value) := sprintf("%d", [value]) if is_number(value)

shown(value) := "not set" if value == null
