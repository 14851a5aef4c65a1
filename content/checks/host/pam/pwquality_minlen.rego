# METADATA
# title: New passwords are long
# description: Length is what makes guessing a stolen hash take years rather than hours.
# custom:
#   id: host.pam.pwquality_minlen
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.2.2"]
#     anssi_bp_028: [R31, R68]
#     disa_stig_ubuntu_22.04: [UBTU-22-611035]
#     disa_stig_ubuntu_24.04: [UBTU-24-400320]
#     ssg: [accounts_password_pam_minlen, cracklib_accounts_password_pam_minlen]
#   attack: [T1110]
#   params:
#     least: {type: int, default: 14, description: least length of a password}
#   remediation:
#     text: Set minlen to 14 or more in pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'minlen = 14\n' > /etc/security/pwquality.conf.d/50-casemate-minlen.conf
package casemate.host.pam.pwquality_minlen

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "minlen"))
	n >= data.params.least
}

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"minlen is %s (%s); wanted %d or more",
		[pam.shown(line, "minlen"), pam.place(line), data.params.least],
	),
	"evidence": pam.evidence(line, "minlen"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
