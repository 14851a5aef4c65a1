# METADATA
# title: No password was changed in the future
# description: A date ahead of today keeps a password from ageing, by a wrong clock or by intent.
# custom:
#   id: host.account.password_change_in_past
#   kind: host
#   area: authentication
#   needs: [accounts]
#   clock: day
#   severity: medium
#   frameworks: {cis_debian_12: ["5.4.1.6"], ssg: [accounts_password_last_change_is_in_past]}
#   remediation:
#     text: Set the date right with chage -d, or let the owner change the password.
package casemate.host.account.password_change_in_past

import data.casemate.lib.accounts

past(user) if user.last_change_day <= input.today_days

past(user) if user.last_change_day == null

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		past(user)
	}
}

deny contains {
	"message": sprintf(
		"the password of %s was changed on day %d, today is %d",
		[user.name, user.last_change_day, input.today_days],
	),
	"evidence": {"user": user.name, "last_change_day": user.last_change_day},
} if {
	some user in accounts.users
	user.last_change_day > input.today_days
}
