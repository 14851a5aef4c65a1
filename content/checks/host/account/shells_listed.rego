# METADATA
# title: Login shells are listed in /etc/shells
# description: A shell from elsewhere is a program that some user brought along, or the mark of a back door.
# custom:
#   id: host.account.shells_listed
#   kind: host
#   area: accounts
#   needs: [accounts, login_policy]
#   severity: low
#   attack: [T1078.003]
#   remediation:
#     text: Set a shell of the list with chsh -s, or add the shell to /etc/shells.
package casemate.host.account.shells_listed

import data.casemate.lib.accounts

listed := input.facets.login_policy.shells

# An empty field means /bin/sh.
shell(user) := user.shell if user.shell != ""

shell(user) := "/bin/sh" if user.shell == ""

right(user) if user.login_shell == false

right(user) if shell(user) in listed

compliant if {
	count(accounts.users) > 0
	count(listed) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has the shell %s, which is not in /etc/shells", [user.name, shell(user)]),
	"evidence": {"user": user.name, "shell": shell(user)},
} if {
	listed
	some user in accounts.users
	user.login_shell == true
	not shell(user) in listed
}
