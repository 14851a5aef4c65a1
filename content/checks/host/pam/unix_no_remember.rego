# METADATA
# title: pam_unix keeps no history of its own
# description: Its own history is hashed with MD5 and ends at 400 entries; pam_pwhistory does it better, and two
#   histories disagree.
# custom:
#   id: host.pam.unix_no_remember
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.4.2"], ssg: [accounts_password_pam_unix_no_remember]}
#   remediation:
#     text: Remove remember= from the pam_unix line and use pam_pwhistory.
#     command: sed -i 's/ remember=[0-9]*//g' /usr/share/pam-configs/unix && DEBIAN_FRONTEND=noninteractive pam-auth-update --package
package casemate.host.pam.unix_no_remember

import data.casemate.lib.pam

lines := pam.lines("password", "pam_unix")

compliant if {
	count(lines) > 0
	every line in lines {
		is_array(line.args)
		not pam.argument(line, "remember")
	}
}

deny contains {
	"message": sprintf("pam_unix has remember=%s (%s)", [pam.argument(line, "remember"), pam.place(line)]),
	"evidence": {"args": line.args, "file": line.file, "line": line.line},
} if {
	some line in lines
	pam.argument(line, "remember")
}
