# METADATA
# title: New passwords do not repeat one character
# description: Rows of equal characters fill up the length without making the password harder to guess.
# custom:
#   id: host.pam.pwquality_maxrepeat
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.2.4"], ssg: [accounts_password_pam_maxrepeat]}
#   params:
#     most: {type: int, default: 3, description: most equal characters in a row}
#   remediation:
#     text: Set maxrepeat to 3 in pwquality.conf; 0 means no limit.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'maxrepeat = 3\n' > /etc/security/pwquality.conf.d/50-casemate-maxrepeat.conf
package casemate.host.pam.pwquality_maxrepeat

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "maxrepeat"))
	n >= 1
	n <= data.params.most
}

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"maxrepeat is %s (%s); wanted 1 to %d",
		[pam.shown(line, "maxrepeat"), pam.place(line), data.params.most],
	),
	"evidence": pam.evidence(line, "maxrepeat"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
