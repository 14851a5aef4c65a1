# METADATA
# title: Names that do not exist are logged when somebody tries them
# description: A run of unknown names is how a guesser looks from inside.
# custom:
#   id: host.pam.faillock_audit
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-411045]
#     disa_stig_ubuntu_24.04: [UBTU-24-200610]
#     ssg: [accounts_passwords_pam_faillock_audit]
#   attack: [T1110.003]
#   remediation:
#     text: Set audit in faillock.conf.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*audit\b/d' /etc/security/faillock.conf && printf 'audit\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_audit

import data.casemate.lib.pam

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		pam.flag(line, "audit")
	}
}

deny contains {
	"message": sprintf("audit is not set (%s)", [pam.place(line)]),
	"evidence": pam.evidence(line, "audit"),
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not pam.flag(line, "audit")
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
