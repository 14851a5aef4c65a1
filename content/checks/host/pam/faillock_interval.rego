# METADATA
# title: Wrong passwords are counted over a while
# description: With a short window a guesser only has to wait a minute between two rounds.
# custom:
#   id: host.pam.faillock_interval
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R31]
#     disa_stig_ubuntu_22.04: [UBTU-22-411045]
#     disa_stig_ubuntu_24.04: [UBTU-24-200610]
#     ssg: [accounts_passwords_pam_faillock_interval]
#   attack: [T1110.001]
#   params:
#     least: {type: int, default: 900, description: least seconds in which wrong passwords are counted together}
#   remediation:
#     text: Set fail_interval to 900 or more in faillock.conf.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*fail_interval\b/d' /etc/security/faillock.conf && printf 'fail_interval = 900\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_interval

import data.casemate.lib.pam

fits(line) if {
	n := pam.number(pam.setting(line, "fail_interval"))
	n >= data.params.least
}

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		fits(line)
	}
}

deny contains {
	"message": sprintf(
		"fail_interval is %s (%s); wanted %d seconds or more",
		[pam.shown(line, "fail_interval"), pam.place(line), data.params.least],
	),
	"evidence": pam.evidence(line, "fail_interval"),
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
