# METADATA
# title: pam_unix sets the password that was judged
# description: Without use_authtok it asks for the password itself, and the modules before it never see what is set.
# custom:
#   id: host.pam.unix_use_authtok
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.3.3.4.4"], ssg: [accounts_password_pam_unix_authtok]}
#   remediation:
#     text: Enable a quality module; pam-auth-update then gives pam_unix use_authtok.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y libpam-pwquality && DEBIAN_FRONTEND=noninteractive pam-auth-update --package
package casemate.host.pam.unix_use_authtok

import data.casemate.lib.pam

lines := pam.lines("password", "pam_unix")

compliant if {
	count(lines) > 0
	every line in lines {
		pam.argument(line, "use_authtok") == "true"
	}
}

deny contains {
	"message": sprintf("pam_unix has no use_authtok (%s)", [pam.place(line)]),
	"evidence": {"args": line.args, "file": line.file, "line": line.line},
} if {
	some line in lines
	line.args
	not pam.argument(line, "use_authtok")
}
