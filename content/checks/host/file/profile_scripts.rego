# METADATA
# title: Only root writes the scripts in /etc/profile.d
# description: Root's next login shell runs them all.
# custom:
#   id: host.file.profile_scripts
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1546.004]
#   remediation:
#     text: Give the scripts to root and take write access from all others.
#     command: find /etc/profile.d -type f -exec chown root:root {} + -exec chmod go-w {} +
package casemate.host.file.profile_scripts

import data.casemate.lib.files

directories := ["/etc/profile.d"]

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
