# METADATA
# title: Only root reads the files in /etc/sudoers.d
# description: sudo refuses files that others may write, and a refused file may be the one that limits somebody.
# custom:
#   id: host.sudo.sudoers_files
#   kind: host
#   area: access
#   needs: [files]
#   severity: high
#   attack: [T1548.003]
#   remediation:
#     text: Give the files to root with mode 440.
#     command: find /etc/sudoers.d -type f -exec chown root:root {} + -exec chmod 440 {} +
package casemate.host.sudo.sudoers_files

import data.casemate.lib.files

directories := ["/etc/sudoers.d"]

wanted := {"mode": "440", "owners": ["root"], "groups": ["root"]}

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
