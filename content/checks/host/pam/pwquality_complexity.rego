# METADATA
# title: New passwords mix kinds of characters
# description: A password of one kind of character leaves a guesser far fewer to try at the same length.
# custom:
#   id: host.pam.pwquality_complexity
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.2.3"]
#     anssi_bp_028: [R31, R68]
#     disa_stig_ubuntu_22.04: [UBTU-22-611010, UBTU-22-611015, UBTU-22-611020, UBTU-22-611025]
#     disa_stig_ubuntu_24.04: [UBTU-24-400260, UBTU-24-400270, UBTU-24-400280, UBTU-24-400330]
#     ssg: [accounts_password_pam_minclass, accounts_password_pam_dcredit, accounts_password_pam_ucredit, accounts_password_pam_lcredit, accounts_password_pam_ocredit, cracklib_accounts_password_pam_dcredit, cracklib_accounts_password_pam_ucredit, cracklib_accounts_password_pam_lcredit, cracklib_accounts_password_pam_ocredit]
#   attack: [T1110]
#   params:
#     classes: {type: int, default: 4, description: "least kinds of characters: digits, upper case, lower case, others"}
#   remediation:
#     text: Set minclass to 4 in pwquality.conf, or each of dcredit, ucredit, lcredit and ocredit to -1.
#     command: mkdir -p /etc/security/pwquality.conf.d && printf 'minclass = 4\n' > /etc/security/pwquality.conf.d/50-casemate-minclass.conf
package casemate.host.pam.pwquality_complexity

import data.casemate.lib.pam

# A negative credit asks for that many characters of the kind.
demanded(line) := {credit |
	some credit in ["dcredit", "ucredit", "lcredit", "ocredit"]
	pam.number(pam.setting(line, credit)) <= -1
}

fits(line) if pam.number(pam.setting(line, "minclass")) >= data.params.classes

fits(line) if count(demanded(line)) >= data.params.classes

compliant if {
	count(pam.quality) > 0
	every line in pam.quality {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"minclass is %s, and characters are demanded by %d credits (%s); wanted %d kinds",
		[pam.shown(line, "minclass"), count(demanded(line)), pam.place(line), data.params.classes],
	),
	"evidence": object.union(pam.evidence(line, "minclass"), {"demanded": demanded(line)}),
} if {
	some line in pam.quality
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module judges new passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.quality) == 0
}
