# METADATA
# title: Every file belongs to a group that exists
# description: The next group that is created may get the number and with it access to the files.
# custom:
#   id: host.filesystem.ungrouped_files
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["7.1.12"]
#     anssi_bp_028: [R53]
#     ssg: [file_permissions_ungroupowned]
#   attack: [T1222.002]
#   params:
#     allow: {type: list, default: [], description: "paths, with all below them, whose groups live elsewhere, such as images of containers"}
#   remediation:
#     text: "Give the files to a group, or remove them: `find / -xdev -nogroup`."
package casemate.host.filesystem.ungrouped_files

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.ungrouped; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.ungrouped)
	loose.truncated == false
	count(found) == 0
	loose.ungrouped_count <= count(loose.ungrouped)
}

deny contains {"message": sprintf("%s belongs to no group that exists", [path]), "evidence": {"path": path}} if {
	# Names of users and groups that are kept elsewhere cannot be looked up here.
	loose.accounts_elsewhere == false
	some path in found
}
