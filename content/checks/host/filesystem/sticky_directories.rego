# METADATA
# title: Directories that everybody may write to have the sticky bit
# description: Without the bit anybody may remove or replace the files of anybody else in the directory.
# custom:
#   id: host.filesystem.sticky_directories
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["7.1.11"]
#     anssi_bp_028: [R54]
#     disa_stig_ubuntu_22.04: [UBTU-22-232145]
#     disa_stig_ubuntu_24.04: [UBTU-24-600150]
#     ssg: [dir_perms_world_writable_sticky_bits]
#   attack: [T1222.002]
#   params:
#     allow: {type: list, default: [], description: "directories, with all below them, that may go without"}
#   remediation:
#     text: Set the bit, `chmod +t DIRECTORY`, or take the right to write from others.
package casemate.host.filesystem.sticky_directories

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.writable_directories; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.writable_directories)
	loose.truncated == false
	count(found) == 0
	loose.writable_directories_count <= count(loose.writable_directories)
}

deny contains {"message": sprintf("%s can be written by everybody and has no sticky bit", [path]), "evidence": {"path": path}} if {
	some path in found
}
