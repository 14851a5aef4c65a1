# METADATA
# title: Only the user writes authorized_keys
# description: A line in it is a way in.
# custom:
#   id: host.user.authorized_keys_mode
#   kind: host.user
#   area: access
#   needs: [account, home]
#   severity: high
#   attack: [T1098.004]
#   remediation:
#     text: Set mode 600 and the user as owner.
package casemate.host.user.authorized_keys_mode

import data.casemate.lib.files

list := input.facets.home.authorized_keys_files

wrong(file) if files.wider(file, "644")

wrong(file) if {
	file.uid != input.facets.account.uid
	file.uid != 0
}

bad := [file |
	some file in list
	wrong(file)
]

compliant if {
	is_array(list)
	input.facets.account.uid >= 0
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s has mode %s and belongs to %s", [file.path, file.mode, files.owner(file)]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in bad
}
