# METADATA
# title: Root owns the libraries
# description: An owner may replace what all programs load.
# custom:
#   id: host.file.libraries_owner
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-232060, UBTU-22-232070]
#     disa_stig_ubuntu_24.04: [UBTU-24-300008, UBTU-24-300007]
#     ssg: [dir_ownership_library_dirs, file_ownership_library_dirs]
#   attack: [T1574]
#   remediation:
#     text: Give the file to root; where it came from a package, install the package again.
package casemate.host.file.libraries_owner

import data.casemate.lib.files

directories := ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"]

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
