# METADATA
# title: The home directory is closed to others
# description: Histories, keys and documents lie in it; whoever may write to it acts as its user.
# custom:
#   id: host.user.home_mode
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.2.9"]
#     anssi_bp_028: [R50]
#     ssg: [file_permissions_home_directories, file_groupownership_home_directories, accounts_users_home_files_permissions]
#   attack: [T1083]
#   params:
#     mode: {type: string, default: "750", description: widest mode of a home}
#   remediation:
#     text: Take the rights from others with chmod.
package casemate.host.user.home_mode

import data.casemate.lib.files

applies if not service

# An account that no person logs in to, or whose home is missing, which another check tells.
service if input.facets.home.directory.exists == false

service if input.facets.account.login_shell == false

directory := input.facets.home.directory

compliant if {
	input.facets.account.login_shell == true
	directory.exists == true
	files.narrow(directory, data.params.mode)
}

deny contains {
	"message": sprintf(
		"%s has mode %s; wanted %s or stricter",
		[input.facets.account.home, directory.mode, data.params.mode],
	),
	"evidence": {"home": input.facets.account.home, "mode": directory.mode},
} if {
	directory.exists == true
	files.wider(directory, data.params.mode)
}
