# METADATA
# title: The history module takes the password that was judged
# description: Without use_authtok it asks again, and what is typed then is not judged.
# custom:
#   id: host.pam.pwhistory_use_authtok
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.3.3"], ssg: [accounts_password_pam_pwhistory_use_authtok]}
#   remediation:
#     text: Give pam_pwhistory use_authtok, after a quality module.
#     command: "printf 'Name: Password history\\nDefault: yes\\nPriority: 512\\nPassword-Type: Primary\\nPassword:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root try_first_pass use_authtok\\nPassword-Initial:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root\\n' > /usr/share/pam-configs/casemate-pwhistory && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-pwhistory"
package casemate.host.pam.pwhistory_use_authtok

import data.casemate.lib.pam

lines := pam.lines("password", "pam_pwhistory")

compliant if {
	count(lines) > 0
	every line in lines {
		pam.argument(line, "use_authtok") == "true"
	}
}

deny contains {
	"message": sprintf("pam_pwhistory has no use_authtok (%s)", [pam.place(line)]),
	"evidence": {"args": line.args, "file": line.file, "line": line.line},
} if {
	some line in lines
	line.args
	not pam.argument(line, "use_authtok")
}

deny contains {"message": "no module remembers former passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(lines) == 0
}
