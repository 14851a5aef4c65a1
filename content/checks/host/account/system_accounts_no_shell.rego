# METADATA
# title: System accounts have no login shell
# description: A service that is broken into should not find a shell waiting under its name.
# custom:
#   id: host.account.system_accounts_no_shell
#   kind: host
#   area: accounts
#   needs: [accounts, login_policy]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.4.2.7"], ssg: [no_shelllogin_for_systemaccounts]}
#   attack: [T1078.003]
#   params:
#     allowed: {type: list, default: [root, sync, shutdown, halt], description: system accounts that may have one}
#   remediation:
#     text: Set the shell to /usr/sbin/nologin with usermod -s.
package casemate.host.account.system_accounts_no_shell

import data.casemate.lib.accounts

system(user) if {
	user.uid < accounts.uid_min
	not user.name in data.params.allowed
}

system(user) if accounts.nobody(user)

wrong(user) if {
	system(user)
	user.login_shell == true
}

right(user) if {
	user.uid >= accounts.uid_min
	not accounts.nobody(user)
}

right(user) if user.login_shell == false

right(user) if {
	accounts.uid_min
	user.name in data.params.allowed
}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("the system account %s has the shell %s", [user.name, user.shell]),
	"evidence": {"user": user.name, "uid": user.uid, "shell": user.shell},
} if {
	some user in accounts.users
	wrong(user)
}
