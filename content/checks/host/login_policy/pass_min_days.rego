# METADATA
# title: Passwords of new accounts cannot be cycled in a day
# description: A history of passwords is worth nothing where it can be run through in a minute.
# custom:
#   id: host.login_policy.pass_min_days
#   kind: host
#   area: authentication
#   needs: [login_policy]
#   severity: low
#   frameworks:
#     cis_debian_12: ["5.4.1.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-411025]
#     disa_stig_ubuntu_24.04: [UBTU-24-400300]
#     ssg: [accounts_minimum_age_login_defs]
#   params:
#     least: {type: int, default: 1, description: least days between two changes}
#   remediation:
#     text: Set PASS_MIN_DAYS to 1 or more in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*PASS_MIN_DAYS\b/d' /etc/login.defs && printf 'PASS_MIN_DAYS 1\n' >> /etc/login.defs
package casemate.host.login_policy.pass_min_days

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

value := defs.PASS_MIN_DAYS

fits if {
	n := accounts.integer(value)
	n >= data.params.least
}

compliant if fits

deny contains {
	"message": sprintf("PASS_MIN_DAYS is %s; wanted %d or more", [value, data.params.least]),
	"evidence": {"PASS_MIN_DAYS": value, "file": "/etc/login.defs"},
} if {
	value
	not fits
}

deny contains {
	"message": "PASS_MIN_DAYS is not set",
	"evidence": {"PASS_MIN_DAYS": null, "file": "/etc/login.defs"},
} if {
	defs
	not value
}
