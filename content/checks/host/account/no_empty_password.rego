# METADATA
# title: No account has an empty password
# description: The account opens to everybody who reaches a prompt.
# custom:
#   id: host.account.no_empty_password
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: critical
#   frameworks:
#     cis_debian_12: ["7.2.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611065]
#     disa_stig_ubuntu_24.04: [UBTU-24-300027]
#     ssg: [no_empty_passwords_etc_shadow]
#   attack: [T1078.003]
#   remediation:
#     text: Lock the account with passwd -l until its owner sets a password.
package casemate.host.account.no_empty_password

import data.casemate.lib.accounts

wrong(user) if user.password == "empty"

right(user) if user.password in {"set", "locked", "none", "not_shadowed"}

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		right(user)
	}
}

deny contains {
	"message": sprintf("%s has an empty password", [user.name]),
	"evidence": {"user": user.name},
} if {
	some user in accounts.users
	wrong(user)
}
