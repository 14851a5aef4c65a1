# METADATA
# title: New passwords hold no long sequences
# description: Those who guess try 12345 and abcdef first.
# custom:
#   id: host.pam.pwquality_maxsequence
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.3.2.5"], ssg: [accounts_password_pam_maxsequence]}
#   params:
#     most: {type: int, default: 3, description: most characters in the order of the alphabet or of numbers}
#   remediation:
#     text: Set maxsequence to 3 in pwquality.conf; 0 means no limit.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'maxsequence = 3\n' > /etc/security/pwquality.conf.d/50-casemate-maxsequence.conf
package casemate.host.pam.pwquality_maxsequence

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "maxsequence"))
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
		"maxsequence is %s (%s); wanted 1 to %d",
		[pam.shown(line, "maxsequence"), pam.place(line), data.params.most],
	),
	"evidence": pam.evidence(line, "maxsequence"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
