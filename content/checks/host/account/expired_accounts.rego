# METADATA
# title: Accounts that ended long ago are removed
# description: The account cannot log in, but its files, cron jobs and keys remain, and one chage brings it back.
# custom:
#   id: host.account.expired_accounts
#   kind: host
#   area: accounts
#   needs: [accounts]
#   clock: day
#   severity: low
#   attack: [T1078.003]
#   params:
#     days: {type: int, default: 90, description: days after which an ended account is to be removed}
#   remediation:
#     text: Remove the account with deluser, after looking through its files.
package casemate.host.account.expired_accounts

import data.casemate.lib.accounts

# The first day that is still accepted as an end.
oldest := input.today_days - data.params.days

right(user) if user.expire_day == null

right(user) if user.expire_day >= oldest

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s ended %d days ago", [user.name, input.today_days - user.expire_day]),
	"evidence": {"user": user.name, "expire_day": user.expire_day},
} if {
	some user in accounts.users
	is_number(user.expire_day)
	user.expire_day < oldest
}
