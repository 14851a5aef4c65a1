# METADATA
# title: The prompt does not say that an account is locked
# description: The message tells a guesser that the name exists and that waiting is worth it.
# custom:
#   id: host.pam.faillock_silent
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-411045]
#     disa_stig_ubuntu_24.04: [UBTU-24-200610]
#     ssg: [accounts_passwords_pam_faillock_silent]
#   attack: [T1087.001]
#   remediation:
#     text: Set silent in faillock.conf.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*silent\b/d' /etc/security/faillock.conf && printf 'silent\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_silent

import data.casemate.lib.pam

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		pam.flag(line, "silent")
	}
}

deny contains {
	"message": sprintf("silent is not set (%s)", [pam.place(line)]),
	"evidence": pam.evidence(line, "silent"),
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not pam.flag(line, "silent")
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
