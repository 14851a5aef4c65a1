# METADATA
# title: Every set-user-id file comes from a package
# description: >-
#   Such a program runs with its owner's rights, root's as a rule. One that no package brought is a home-made helper
#   at best and a back door at worst.
# custom:
#   id: host.filesystem.setuid_packaged
#   kind: host
#   area: filesystem
#   needs: [privileged_files, packages]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.1.13"]
#     anssi_bp_028: [R56]
#     ssg: [file_permissions_unauthorized_suid]
#   attack: [T1548.001]
#   params:
#     allow: {type: list, default: [], description: paths that may have the bit without a package}
#   remediation:
#     text: Find out who put it there; take the bit off (`chmod ug-s FILE`) or remove the file.
package casemate.host.filesystem.setuid_packaged

import data.casemate.lib.packages

files := input.facets.privileged_files

# Without a package database every file looks foreign.
foreign := [file | some file in files.setuid; file.package == null; not file.path in data.params.allow] if packages.listed

compliant if {
	is_array(files.setuid)
	files.truncated == false
	count(foreign) == 0
}

deny contains {
	"message": sprintf("%s is set-user-id and comes from no package", [file.path]),
	"evidence": {"path": file.path, "mode": file.mode, "uid": file.uid, "gid": file.gid},
} if {
	some file in foreign
}
