# METADATA
# title: A new password differs from the old one
# description: A digit counted up keeps a known password valid for ever.
# custom:
#   id: host.pam.pwquality_difok
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks:
#     cis_debian_12: ["5.3.3.2.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611040]
#     disa_stig_ubuntu_24.04: [UBTU-24-400290]
#     ssg: [accounts_password_pam_difok]
#   params:
#     least: {type: int, default: 2, description: least number of characters that are new}
#   remediation:
#     text: Set difok to 2 or more in pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'difok = 2\n' > /etc/security/pwquality.conf.d/50-casemate-difok.conf
package casemate.host.pam.pwquality_difok

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "difok"))
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
		"difok is %s (%s); wanted %d or more",
		[pam.shown(line, "difok"), pam.place(line), data.params.least],
	),
	"evidence": pam.evidence(line, "difok"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
