# METADATA
# title: A refused new password can be tried again a few times only
# description: Endless tries let a script search for the simplest password that the rules accept.
# custom:
#   id: host.pam.pwquality_retry
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R68]
#     disa_stig_ubuntu_22.04: [UBTU-22-611045]
#     disa_stig_ubuntu_24.04: [UBTU-24-300016]
#     ssg: [accounts_password_pam_retry]
#   params:
#     most: {type: int, default: 3, description: most attempts at a new password before passwd gives up}
#   remediation:
#     text: Set retry to a number from 1 to 3.
package casemate.host.pam.pwquality_retry

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "retry"))
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
		"retry is %s (%s); wanted 1 to %d",
		[pam.shown(line, "retry"), pam.place(line), data.params.most],
	),
	"evidence": pam.evidence(line, "retry"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
