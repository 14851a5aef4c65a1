# METADATA
# title: Only root writes the notices in /etc/issue.d
# description: agetty prints them above the login prompt together with /etc/issue.
# custom:
#   id: host.file.issue_files
#   kind: host
#   area: access
#   needs: [files]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.6.5"]
#     ssg: [file_permissions_etc_issue, file_owner_etc_issue, file_groupowner_etc_issue]
#   remediation:
#     text: Give the files to root with mode 644.
#     command: find /etc/issue.d -type f -exec chown root:root {} + -exec chmod 644 {} +
package casemate.host.file.issue_files

import data.casemate.lib.files

directories := ["/etc/issue.d"]

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
