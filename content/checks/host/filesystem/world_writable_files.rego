# METADATA
# title: No file can be written by everybody
# description: >-
#   Any user, any service that was taken over, can change such a file, and whoever reads or runs it next believes what
#   they find.
# custom:
#   id: host.filesystem.world_writable_files
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.11"]
#     anssi_bp_028: [R54]
#     ssg: [file_permissions_unauthorized_world_writable]
#   attack: [T1222.002]
#   params:
#     allow: {type: list, default: [], description: "paths, with all below them, that everybody may write"}
#   remediation:
#     text: "Take the right to write from others: `chmod o-w FILE`, after asking what needs it."
package casemate.host.filesystem.world_writable_files

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.writable_files; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.writable_files)
	loose.truncated == false
	count(found) == 0
	loose.writable_files_count <= count(loose.writable_files)
}

deny contains {"message": sprintf("%s can be written by everybody", [path]), "evidence": {"path": path}} if {
	some path in found
}
