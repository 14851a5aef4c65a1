# METADATA
# title: Passwords of accounts end within a year
# description: A password that leaked unnoticed works until it is changed.
# custom:
#   id: host.account.password_max_days
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.1.1"]
#     anssi_bp_028: [R31]
#     ssg: [accounts_password_set_max_life_existing, accounts_password_set_max_life_root]
#   attack: [T1078.003]
#   params:
#     most: {type: int, default: 365, description: most days that a password stays valid}
#   remediation:
#     text: Set it per user with chage -M 365 USER.
package casemate.host.account.password_max_days

import data.casemate.lib.accounts

# Only a password that is set can age.
fits(user) if {
	user.max_days >= 1
	user.max_days <= data.params.most
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
		"the password of %s is valid for days: %s; wanted 1 to %d",
		[user.name, shown(user.max_days), data.params.most],
	),
	"evidence": {"user": user.name, "max_days": user.max_days},
} if {
	some user in accounts.with_password
	is_known(user.max_days)
	not fits(user)
}

is_known(value) if is_number(value)

is_known(value) if value == null

shown(value) := sprintf("%d", [value]) if is_number(value)

shown(value) := "not set" if value == null
