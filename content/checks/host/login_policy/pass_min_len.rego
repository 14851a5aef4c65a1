# METADATA
# title: login.defs asks for long passwords
# description: Programs that set passwords without PAM, in containers and small systems, go by this number.
# custom:
#   id: host.login_policy.pass_min_len
#   kind: host
#   area: authentication
#   needs: [login_policy]
#   severity: low
#   frameworks: {anssi_bp_028: [R31], ssg: [accounts_password_minlen_login_defs]}
#   params:
#     least: {type: int, default: 15, description: least length of a password}
#   remediation:
#     text: Set PASS_MIN_LEN to 15 or more; where PAM is used, pam_pwquality decides.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*PASS_MIN_LEN\b/d' /etc/login.defs && printf 'PASS_MIN_LEN 15\n' >> /etc/login.defs
package casemate.host.login_policy.pass_min_len

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

value := defs.PASS_MIN_LEN

fits if {
	n := accounts.integer(value)
	n >= data.params.least
}

compliant if fits

deny contains {
	"message": sprintf("PASS_MIN_LEN is %s; wanted %d or more", [value, data.params.least]),
	"evidence": {"PASS_MIN_LEN": value, "file": "/etc/login.defs"},
} if {
	value
	not fits
}

deny contains {
	"message": "PASS_MIN_LEN is not set",
	"evidence": {"PASS_MIN_LEN": null, "file": "/etc/login.defs"},
} if {
	defs
	not value
}
