# METADATA
# title: Passwords are hashed with a slow algorithm
# description: DES and MD5 hashes are guessed by the billion each second on one graphics card.
# custom:
#   id: host.account.hash_algorithm
#   kind: host
#   area: crypto
#   needs: [accounts]
#   severity: medium
#   frameworks: {anssi_bp_028: [R68]}
#   attack: [T1110.002]
#   params:
#     allowed: {type: list, default: [yescrypt, scrypt, sha512, bcrypt], description: algorithms that may stand in /etc/shadow}
#   remediation:
#     text: Let the owner set the password anew (passwd -e), after ENCRYPT_METHOD in login.defs is right.
package casemate.host.account.hash_algorithm

import data.casemate.lib.accounts

judged := [user | some user in accounts.users; user.password in {"set", "not_shadowed"}]

weak(user) if not user.algorithm in data.params.allowed

compliant if {
	every user in accounts.users {
		user.password != ""
	}
	count(accounts.users) > 0
	every user in judged {
		user.algorithm in data.params.allowed
	}
}

deny contains {
	"message": sprintf("the password of %s is hashed with %s", [user.name, user.algorithm]),
	"evidence": {"user": user.name, "algorithm": user.algorithm},
} if {
	some user in judged
	weak(user)
	is_string(user.algorithm)
}
