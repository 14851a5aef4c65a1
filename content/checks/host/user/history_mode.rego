# METADATA
# title: Histories are closed to others
# description: Passwords end up in command lines, and from there in the history.
# custom:
#   id: host.user.history_mode
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: medium
#   frameworks: {cis_debian_12: ["7.2.10"], ssg: [file_permission_user_bash_history]}
#   attack: [T1552.003]
#   remediation:
#     text: Set mode 600 on the history files.
package casemate.host.user.history_mode

import data.casemate.lib.files

applies if not service

# An account that no person logs in to.
service if input.facets.account.login_shell == false

list := input.facets.home.dot_files

bad := [file |
	some file in list
	regex.match(`_history$`, file.path)
	files.wider(file, "600")
]

compliant if {
	is_array(list)
	input.facets.account.uid >= 0
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s has mode %s; wanted 600", [file.path, file.mode]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in bad
}
