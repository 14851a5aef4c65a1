# METADATA
# title: No two people share a home directory
# description: Each of them can plant keys and start-up files for the other.
# custom:
#   id: host.account.unique_homes
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: low
#   attack: [T1098.004]
#   remediation:
#     text: Give one of them a home of their own with usermod -d.
package casemate.host.account.unique_homes

import data.casemate.lib.accounts

people := [user | some user in accounts.users; user.login_shell == true; user.uid != 0]

twice := accounts.repeated([user.home | some user in people])

# Services without a shell may share one: theirs is often / or /nonexistent.
compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		user.home != null
		is_boolean(user.login_shell)
	}
	count(twice) == 0
}

deny contains {
	"message": sprintf("%s is the home of %s", [home, concat(", ", names)]),
	"evidence": {"home": home, "users": names},
} if {
	some home in twice
	names := sort([user.name | some user in people; user.home == home])
}
