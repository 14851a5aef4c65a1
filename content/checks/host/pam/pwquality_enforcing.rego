# METADATA
# title: Bad new passwords are refused, not only remarked on
# description: With enforcing off the module prints a warning and takes the password all the same.
# custom:
#   id: host.pam.pwquality_enforcing
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.2.7"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611045]
#     disa_stig_ubuntu_24.04: [UBTU-24-300016]
#     ssg: [accounts_password_pam_enforcing]
#   remediation:
#     text: Remove enforcing = 0 from the stack and from pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'enforcing = 1\n' > /etc/security/pwquality.conf.d/50-casemate-enforcing.conf
package casemate.host.pam.pwquality_enforcing

import data.casemate.lib.pam

on(line) if {
	n := pam.number(pam.setting(line, "enforcing"))
	n != 0
}

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		on(line)
	}
}

deny contains {
	"message": sprintf("enforcing is %s (%s); wanted 1", [pam.shown(line, "enforcing"), pam.place(line)]),
	"evidence": pam.evidence(line, "enforcing"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not on(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
