# METADATA
# title: Root owns the commands
# description: An owner may always give himself write access.
# custom:
#   id: host.file.commands_owner
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R50]
#     disa_stig_ubuntu_22.04: [UBTU-22-232040, UBTU-22-232050]
#     disa_stig_ubuntu_24.04: [UBTU-24-901270, UBTU-24-300012]
#     ssg: [dir_ownership_binary_dirs, file_ownership_binary_dirs, dir_system_commands_root_owned]
#   attack: [T1574, T1554]
#   remediation:
#     text: Give the file to root; where it came from a package, install the package again.
package casemate.host.file.commands_owner

import data.casemate.lib.files

directories := ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]

# Where /usr is merged, the same file is listed below /bin and below /usr/bin.
paths := {file.path |
	some directory in directories
	some file in input.facets.files.below[directory]
}

# A set-user-id program belongs to the account that it acts as.
wrong(file) if {
	file.uid != 0
	bits.and(file.bits, 2048) == 0
}

offenders := [file |
	some directory in directories
	some file in input.facets.files.below[directory]
	not sprintf("/usr%s", [file.path]) in paths
	wrong(file)
]

# The collector lists only what root does not own or others may write, so an empty list is a good one.
compliant if {
	every directory in directories {
		is_array(input.facets.files.below[directory])
	}
	count(offenders) == 0
}

deny contains {
	"message": sprintf("%s belongs to %s", [file.path, files.owner(file)]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in offenders
}
