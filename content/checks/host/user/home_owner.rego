# METADATA
# title: The home directory belongs to its user
# description: Its owner may plant SSH keys and start-up files there and so act as the user.
# custom:
#   id: host.user.home_owner
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: high
#   frameworks: {cis_debian_12: ["7.2.9"], ssg: [file_ownership_home_directories]}
#   attack: [T1098.004, T1546.004]
#   remediation:
#     text: Give the directory to its user with chown.
package casemate.host.user.home_owner

import data.casemate.lib.files

applies if not service

# An account that no person logs in to, or whose home is missing, which another check tells.
service if input.facets.home.directory.exists == false

service if input.facets.account.login_shell == false

directory := input.facets.home.directory

compliant if {
	input.facets.account.login_shell == true
	directory.exists == true
	directory.uid == input.facets.account.uid
}

deny contains {
	"message": sprintf("%s belongs to %s", [input.facets.account.home, files.owner(directory)]),
	"evidence": {"home": input.facets.account.home, "owner": files.owner(directory)},
} if {
	directory.exists == true
	directory.uid != input.facets.account.uid
}
