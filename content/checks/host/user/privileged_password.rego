# METADATA
# title: Nobody becomes root without any password
# description: An administrator whose own password is empty gives the machine to everybody who knows his name.
# custom:
#   id: host.user.privileged_password
#   kind: host.user
#   area: authentication
#   needs: [account]
#   severity: critical
#   attack: [T1078.003]
#   remediation:
#     text: Lock the account with passwd -l until a password is set.
package casemate.host.user.privileged_password

account := input.facets.account

compliant if account.privileged == false

compliant if {
	account.privileged == true
	account.password in {"set", "locked"}
}

deny contains {
	"message": sprintf("may become root, and its password is in the state %s", [account.password]),
	"evidence": {"uid": account.uid, "password": account.password},
} if {
	account.privileged == true
	account.password in {"empty", "not_shadowed"}
}
