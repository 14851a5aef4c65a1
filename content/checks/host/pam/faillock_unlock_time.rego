# METADATA
# title: A locked account stays locked for a while
# description: A lock that opens after seconds slows a guesser down no more than the prompt does.
# custom:
#   id: host.pam.faillock_unlock_time
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.1.2"]
#     anssi_bp_028: [R31]
#     disa_stig_ubuntu_22.04: [UBTU-22-411045]
#     disa_stig_ubuntu_24.04: [UBTU-24-200610]
#     ssg: [accounts_passwords_pam_faillock_unlock_time, accounts_passwords_pam_tally2_unlock_time]
#   attack: [T1110.001]
#   params:
#     least: {type: int, default: 900, description: least seconds until an account opens again by itself}
#   remediation:
#     text: Set unlock_time to 900 or more, or to 0.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*unlock_time\b/d' /etc/security/faillock.conf && printf 'unlock_time = 900\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_unlock_time

import data.casemate.lib.pam

fits(line) if {
	pam.number(pam.setting(line, "unlock_time")) >= data.params.least
}

# Until an administrator unlocks it.
fits(line) if pam.setting(line, "unlock_time") in {"0", "never"}

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"unlock_time is %s (%s); wanted 0 (until an administrator unlocks) or %d seconds and more",
		[pam.shown(line, "unlock_time"), pam.place(line), data.params.least],
	),
	"evidence": pam.evidence(line, "unlock_time"),
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
