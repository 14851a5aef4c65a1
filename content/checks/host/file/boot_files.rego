# METADATA
# title: Only root writes what the machine boots
# description: Kernel and initrd run before everything that could watch them.
# custom:
#   id: host.file.boot_files
#   kind: host
#   area: boot
#   needs: [files]
#   severity: high
#   attack: [T1542]
#   remediation:
#     text: Give the files below /boot to root and take write access from all others.
#     command: find /boot -xdev -type f -exec chown root:root {} + -exec chmod go-w {} +
package casemate.host.file.boot_files

import data.casemate.lib.files

directories := ["/boot"]

wanted := {"mode": "755", "owners": ["root"], "groups": ["root"]}

list := [file |
	some directory in directories
	some file in input.facets.files.below[directory]
	startswith(file.path, directory)
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
