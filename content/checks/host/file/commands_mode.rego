# METADATA
# title: Only root writes commands
# description: Whoever may write a program of the system is everybody who runs it, root too.
# custom:
#   id: host.file.commands_mode
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: critical
#   frameworks:
#     anssi_bp_028: [R50]
#     disa_stig_ubuntu_22.04: [UBTU-22-232010, UBTU-22-232015]
#     disa_stig_ubuntu_24.04: [UBTU-24-901260, UBTU-24-300011]
#     ssg: [dir_permissions_binary_dirs, file_permissions_binary_dirs]
#   attack: [T1574, T1554]
#   remediation:
#     text: Take write access from group and others.
#     command: find /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin ! -type l -perm /022 -exec chmod go-w {} +
package casemate.host.file.commands_mode

import data.casemate.lib.files

directories := ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]

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
