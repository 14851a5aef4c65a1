# METADATA
# title: Only root and systemd-journal read the journal
# description: The journal gathers what every service says, secrets by mistake too.
# custom:
#   id: host.file.journal_files
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232027, UBTU-22-232090, UBTU-22-232095]
#     disa_stig_ubuntu_24.04: [UBTU-24-700020, UBTU-24-700090, UBTU-24-700070]
#     ssg: [file_permissions_system_journal, file_owner_system_journal, file_groupowner_system_journal, file_owner_var_log_journal, file_groupowner_var_log_journal]
#   attack: [T1654]
#   remediation:
#     text: Restore owner and mode with systemd-tmpfiles.
#     command: find /var/log/journal -type f -name "*.journal*" -exec chown root:systemd-journal {} + -exec chmod 640 {} +
package casemate.host.file.journal_files

import data.casemate.lib.files

list := [files.journal(file) |
	some file in input.facets.files.below["/var/log"]
	regex.match(`^/var/log/journal/.*\.journal~?$`, file.path)
]

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "systemd-journal"]}

applies if not without_files

# The directory of logs was read, and no journal lies in it: it is kept in memory.
without_files if {
	input.facets.files.below["/var/log"]
	count(list) == 0
}

compliant if {
	count(list) > 0
	files.right_below(list, wanted)
}

deny contains {
	"message": sprintf("%s: %s", [wrong.path, concat("; ", sort(wrong.faults))]),
	"evidence": wrong,
} if {
	some wrong in files.wrong_below(list, wanted)
}
