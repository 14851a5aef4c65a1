# METADATA
# title: A few wrong passwords lock the account
# description: The more guesses are free, the likelier one of the common passwords is among them.
# custom:
#   id: host.pam.faillock_deny
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.1.1"]
#     anssi_bp_028: [R31]
#     disa_stig_ubuntu_22.04: [UBTU-22-411045]
#     disa_stig_ubuntu_24.04: [UBTU-24-200610]
#     ssg: [accounts_passwords_pam_faillock_deny, accounts_passwords_pam_tally2]
#   attack: [T1110.001]
#   params:
#     most: {type: int, default: 5, description: most wrong passwords in a row}
#   remediation:
#     text: Set deny to 5 or less in faillock.conf.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*deny\b/d' /etc/security/faillock.conf && printf 'deny = 5\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_deny

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "deny"))
	n >= 1
	n <= data.params.most
}

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		fits(line)
	}
}

deny contains {
	"message": sprintf("deny is %s (%s); wanted 1 to %d", [pam.shown(line, "deny"), pam.place(line), data.params.most]),
	"evidence": pam.evidence(line, "deny"),
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
