# METADATA
# title: Only root writes libraries
# description: Each program that loads a changed library does what its writer wants.
# custom:
#   id: host.file.libraries_mode
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: critical
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-232020]
#     disa_stig_ubuntu_24.04: [UBTU-24-300006]
#     ssg: [file_permissions_library_dirs]
#   attack: [T1574]
#   remediation:
#     text: Take write access from group and others.
#     command: find /usr/lib /usr/lib64 /usr/local/lib ! -type l -perm /022 -exec chmod go-w {} +
package casemate.host.file.libraries_mode

import data.casemate.lib.files

directories := ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"]

# Where /usr is merged, the same file is listed below /bin and below /usr/bin.
paths := {file.path |
	some directory in directories
	some file in input.facets.files.below[directory]
}

wrong(file) if files.wider(file, "755")

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
	"message": sprintf("%s has mode %s; wanted 755 or stricter", [file.path, file.mode]),
	"evidence": {"path": file.path, "mode": file.mode, "owner": files.owner(file)},
} if {
	some file in offenders
}
