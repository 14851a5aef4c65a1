# METADATA
# title: Keys to clouds and registries are closed to others
# description: Such a file is all that is needed to act as the user in the cloud, from anywhere.
# custom:
#   id: host.user.credential_files
#   kind: host.user
#   area: accounts
#   needs: [home]
#   severity: high
#   attack: [T1552.001]
#   remediation:
#     text: Set mode 600 on the file.
package casemate.host.user.credential_files

import data.casemate.lib.files

list := input.facets.home.credential_files

bad := [file |
	some file in list
	files.wider(file, "700")
]

compliant if {
	is_array(list)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s has mode %s; wanted 600", [file.path, file.mode]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in bad
}
