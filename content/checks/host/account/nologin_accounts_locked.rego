# METADATA
# title: Accounts without a login shell have no usable password
# description: A password still opens FTP, mail, cron or a database for an account that was meant for no person.
# custom:
#   id: host.account.nologin_accounts_locked
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.4.2.8"], ssg: [no_invalid_shell_accounts_unlocked]}
#   attack: [T1078.003]
#   remediation:
#     text: Lock the account with usermod -L.
package casemate.host.account.nologin_accounts_locked

import data.casemate.lib.accounts

wrong(user) if {
	user.login_shell == false
	user.password in {"set", "empty", "not_shadowed"}
}

right(user) if user.login_shell == true

right(user) if user.password in {"locked", "none"}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has no login shell, but a password", [user.name]),
	"evidence": {"user": user.name, "shell": user.shell},
} if {
	some user in accounts.users
	wrong(user)
}
