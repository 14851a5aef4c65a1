# METADATA
# title: Only root writes the PAM stacks
# description: A line added to one of these files is a password that always works.
# custom:
#   id: host.file.pam_files
#   kind: host
#   area: authentication
#   needs: [files]
#   severity: critical
#   attack: [T1556.003]
#   remediation:
#     text: Give the files to root with mode 644.
#     command: find /etc/pam.d -type f -exec chown root:root {} + -exec chmod 644 {} +
package casemate.host.file.pam_files

import data.casemate.lib.files

directories := ["/etc/pam.d"]

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

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
