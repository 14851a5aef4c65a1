# METADATA
# title: New accounts warn of the end of their password
# description: A week is enough to think of a good one.
# custom:
#   id: host.login_policy.pass_warn_age
#   kind: host
#   area: authentication
#   needs: [login_policy]
#   severity: low
#   frameworks: {cis_debian_12: ["5.4.1.3"], ssg: [accounts_password_warn_age_login_defs]}
#   params:
#     least: {type: int, default: 7, description: least days of warning}
#   remediation:
#     text: Set PASS_WARN_AGE to 7 or more in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*PASS_WARN_AGE\b/d' /etc/login.defs && printf 'PASS_WARN_AGE 7\n' >> /etc/login.defs
package casemate.host.login_policy.pass_warn_age

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

value := defs.PASS_WARN_AGE

fits if {
	n := accounts.integer(value)
	n >= data.params.least
}

compliant if fits

deny contains {
	"message": sprintf("PASS_WARN_AGE is %s; wanted %d or more", [value, data.params.least]),
	"evidence": {"PASS_WARN_AGE": value, "file": "/etc/login.defs"},
} if {
	value
	not fits
}

deny contains {
	"message": "PASS_WARN_AGE is not set",
	"evidence": {"PASS_WARN_AGE": null, "file": "/etc/login.defs"},
} if {
	defs
	not value
}
