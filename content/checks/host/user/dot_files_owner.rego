# METADATA
# title: Dot files belong to their user
# description: Their owner decides what the user's next shell runs.
# custom:
#   id: host.user.dot_files_owner
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.2.10"]
#     anssi_bp_028: [R50]
#     ssg: [accounts_user_dot_user_ownership, accounts_users_home_files_ownership]
#   attack: [T1546.004]
#   remediation:
#     text: Give the files to their user with chown.
package casemate.host.user.dot_files_owner

import data.casemate.lib.files

applies if not service

# An account that no person logs in to.
service if input.facets.account.login_shell == false

list := input.facets.home.dot_files

bad := [file |
	some file in list
	file.uid != input.facets.account.uid
	file.uid != 0
]

compliant if {
	is_array(list)
	input.facets.account.uid >= 0
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s belongs to %s", [file.path, files.owner(file)]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in bad
}
