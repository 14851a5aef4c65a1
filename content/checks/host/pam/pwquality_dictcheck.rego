# METADATA
# title: New passwords are looked up in a dictionary
# description: Words and their common twists are the first thing a guesser tries.
# custom:
#   id: host.pam.pwquality_dictcheck
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.2.6"]
#     disa_stig_ubuntu_22.04: [UBTU-22-611030]
#     disa_stig_ubuntu_24.04: [UBTU-24-300014]
#     ssg: [accounts_password_pam_dictcheck]
#   attack: [T1110.001]
#   remediation:
#     text: Remove dictcheck = 0 from the stack and from pwquality.conf.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'dictcheck = 1\n' > /etc/security/pwquality.conf.d/50-casemate-dictcheck.conf
package casemate.host.pam.pwquality_dictcheck

import data.casemate.lib.pam

on(line) if {
	n := pam.number(pam.setting(line, "dictcheck"))
	n != 0
}

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		on(line)
	}
}

deny contains {
	"message": sprintf("dictcheck is %s (%s); wanted 1", [pam.shown(line, "dictcheck"), pam.place(line)]),
	"evidence": pam.evidence(line, "dictcheck"),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not on(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
