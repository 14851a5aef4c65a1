# METADATA
# title: Only root reads the kernel's symbol map
# description: It gives an exploit the addresses it would otherwise have to guess.
# custom:
#   id: host.file.system_map
#   kind: host
#   area: kernel
#   needs: [files]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R29]
#     ssg: [file_permissions_systemmap, file_owner_systemmap, file_groupowner_systemmap]
#   attack: [T1082]
#   remediation:
#     text: Give the files System.map-* to root with mode 600.
#     command: chown root:root /boot/System.map-* && chmod 600 /boot/System.map-*
package casemate.host.file.system_map

import data.casemate.lib.files

directories := ["/boot"]

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

list := [file |
	some directory in directories
	some file in input.facets.files.below[directory]
	regex.match(`/System\.map[^/]*$`, file.path)
]

# Each directory was looked at, so that an empty list means that nothing lies there.
looked if {
	every directory in directories {
		is_array(input.facets.files.below[directory])
	}
}

compliant if {
	looked
	files.right_below(list, wanted)
}

deny contains {
	"message": sprintf("%s: %s", [wrong.path, concat("; ", sort(wrong.faults))]),
	"evidence": wrong,
} if {
	some wrong in files.wrong_below(list, wanted)
}
