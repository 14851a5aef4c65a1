# METADATA
# title: Directories that everybody may write to belong to root
# description: The owner of a directory may remove anybody's files in it, sticky bit or not.
# custom:
#   id: host.filesystem.writable_directories_by_root
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R54]
#     ssg: [dir_perms_world_writable_root_owned]
#   attack: [T1222.002]
#   params:
#     allow: {type: list, default: [], description: "directories, with all below them, that others may own"}
#   remediation:
#     text: "Give the directory to root: `chown root DIRECTORY`."
package casemate.host.filesystem.writable_directories_by_root

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.writable_not_root; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.writable_not_root)
	loose.truncated == false
	count(found) == 0
}

deny contains {"message": sprintf("%s can be written by everybody and is not owned by root", [path]), "evidence": {"path": path}} if {
	some path in found
}
