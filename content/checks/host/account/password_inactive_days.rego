# METADATA
# title: Accounts whose password ended are locked
# description: An account that nobody has used for weeks is one whose misuse nobody notices.
# custom:
#   id: host.account.password_inactive_days
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.4.1.5"], ssg: [accounts_set_post_pw_existing]}
#   attack: [T1078.003]
#   params:
#     most: {type: int, default: 45, description: most days between the end of a password and the lock of its account}
#   remediation:
#     text: Set it per user with chage -I 45 USER.
package casemate.host.account.password_inactive_days

import data.casemate.lib.accounts

# Only a password that is set can age.
fits(user) if {
	user.inactive_days >= 0
	user.inactive_days <= data.params.most
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
		"%s is locked after the password ended, days: %s; wanted 0 to %d",
		[user.name, shown(user.inactive_days), data.params.most],
	),
	"evidence": {"user": user.name, "inactive_days": user.inactive_days},
} if {
	some user in accounts.with_password
	is_known(user.inactive_days)
	not fits(user)
}

is_known(value) if is_number(value)

is_known(value) if value == null

shown(value) := sprintf("%d", [value]) if is_number(value)

shown(value) := "not set" if value == null
