# METADATA
# title: Every file belongs to a user that exists
# description: The next user who is created may get the number, and with it the files of somebody long gone.
# custom:
#   id: host.filesystem.unowned_files
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.12"]
#     anssi_bp_028: [R53]
#     ssg: [no_files_unowned_by_user]
#   attack: [T1222.002]
#   params:
#     allow: {type: list, default: [], description: "paths, with all below them, whose owners live elsewhere, such as images of containers"}
#   remediation:
#     text: "Give the files to somebody, or remove them: `find / -xdev -nouser`."
package casemate.host.filesystem.unowned_files

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.unowned; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.unowned)
	loose.truncated == false
	count(found) == 0
	loose.unowned_count <= count(loose.unowned)
}

deny contains {"message": sprintf("%s belongs to no user that exists", [path]), "evidence": {"path": path}} if {
	# Names of users and groups that are kept elsewhere cannot be looked up here.
	loose.accounts_elsewhere == false
	some path in found
}
