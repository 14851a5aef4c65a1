# METADATA
# title: Wrong passwords lock root too
# description: Root is the one name that every guesser knows.
# custom:
#   id: host.pam.faillock_root
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.3.1.3"]
#     anssi_bp_028: [R31]
#     ssg: [accounts_passwords_pam_faillock_root_unlock_time, accounts_passwords_pam_faillock_deny_root, accounts_passwords_pam_tally2_deny_root]
#   attack: [T1110.001]
#   params:
#     least: {type: int, default: 60, description: "least seconds until root opens again, where they are set"}
#   remediation:
#     text: Set even_deny_root in faillock.conf, and root_unlock_time to 60 or more; keep another way in, since
#       somebody can then lock root on purpose.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*even_deny_root\b/d' /etc/security/faillock.conf && printf 'even_deny_root\n' >> /etc/security/faillock.conf
package casemate.host.pam.faillock_root

import data.casemate.lib.pam

long_enough(line) if not pam.setting(line, "root_unlock_time")

long_enough(line) if pam.number(pam.setting(line, "root_unlock_time")) >= data.params.least

long_enough(line) if pam.setting(line, "root_unlock_time") in {"0", "never"}

denied(line) if pam.flag(line, "even_deny_root")

denied(line) if pam.setting(line, "root_unlock_time")

fits(line) if {
	pam.file_read(line.module)
	denied(line)
	long_enough(line)
}

compliant if {
	count(pam.lockout) > 0
	every line in pam.lockout {
		fits(line)
	}
}

deny contains {
	"message": sprintf("root is not locked, or for less than %d seconds (%s)", [data.params.least, pam.place(line)]),
	"evidence": {
		"even_deny_root": pam.shown(line, "even_deny_root"),
		"root_unlock_time": pam.shown(line, "root_unlock_time"),
		"file": line.file,
		"line": line.line,
	},
} if {
	some line in pam.lockout
	pam.file_read(line.module)
	not fits(line)
}

deny contains {"message": "no module locks accounts after wrong passwords", "evidence": {"module": null}} if {
	count(pam.services) > 0
	count(pam.lockout) == 0
}
