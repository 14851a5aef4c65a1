# METADATA
# title: Others cannot write the user's dot files
# description: The next shell of the user runs what stands in them.
# custom:
#   id: host.user.dot_files_mode
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: high
#   frameworks: {cis_debian_12: ["7.2.10"], anssi_bp_028: [R50], ssg: [file_permission_user_init_files]}
#   attack: [T1546.004]
#   params:
#     mode: {type: string, default: "744", description: widest mode of a dot file}
#   remediation:
#     text: Take write access from group and others with chmod go-w.
package casemate.host.user.dot_files_mode

import data.casemate.lib.files

applies if not service

# An account that no person logs in to.
service if input.facets.account.login_shell == false

list := input.facets.home.dot_files

bad := [file |
	some file in list
	files.wider(file, data.params.mode)
]

compliant if {
	is_array(list)
	input.facets.account.uid >= 0
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s has mode %s; wanted %s or stricter", [file.path, file.mode, data.params.mode]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in bad
}
