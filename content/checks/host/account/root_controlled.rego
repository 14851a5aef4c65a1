# METADATA
# title: Root has a password or is locked
# description: Rescue mode and the console ask for root's password; an empty one lets everybody in there.
# custom:
#   id: host.account.root_controlled
#   kind: host
#   area: authentication
#   needs: [accounts]
#   severity: high
#   frameworks: {cis_debian_12: ["5.4.2.4"], ssg: [ensure_root_access_controlled]}
#   attack: [T1078.003]
#   remediation:
#     text: Set a password with passwd root, or lock it with passwd -l root.
package casemate.host.account.root_controlled

import data.casemate.lib.accounts

roots := [user | some user in accounts.users; user.name == "root"]

compliant if {
	count(roots) > 0
	every user in roots {
		user.password in {"set", "locked"}
	}
}

deny contains {
	"message": sprintf("the password of root is in the state %s; wanted set or locked", [user.password]),
	"evidence": {"user": "root", "password": user.password},
} if {
	some user in roots
	user.password in {"empty", "none", "not_shadowed"}
}
