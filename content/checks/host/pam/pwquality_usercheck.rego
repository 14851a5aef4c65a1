# METADATA
# title: New passwords do not hold the user's name
# description: The name is known to everybody, so it adds nothing to a password.
# custom:
#   id: host.pam.pwquality_usercheck
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   remediation:
#     text: Remove usercheck = 0 from the stack and from pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'usercheck = 1\n' > /etc/security/pwquality.conf.d/50-casemate-usercheck.conf
package casemate.host.pam.pwquality_usercheck

import data.casemate.lib.pam

on(line) if {
	n := pam.number(pam.setting(line, "usercheck"))
	n != 0
}

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		on(line)
	}
}

deny contains {
	"message": sprintf("usercheck is %s (%s); wanted 1", [pam.shown(line, "usercheck"), pam.place(line)]),
	"evidence": pam.evidence(line, "usercheck"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not on(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
