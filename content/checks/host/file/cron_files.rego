# METADATA
# title: Only root writes the system's cron jobs
# description: Root runs them; whoever may write one is root a day later.
# custom:
#   id: host.file.cron_files
#   kind: host
#   area: services
#   needs: [files]
#   severity: high
#   attack: [T1053.003]
#   remediation:
#     text: Give the files to root and take write access from all others.
#     command: find /etc/cron.d /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly -type f -exec chown root:root {} + -exec chmod go-w {} +
package casemate.host.file.cron_files

import data.casemate.lib.files

directories := ["/etc/cron.d", "/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly"]

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
