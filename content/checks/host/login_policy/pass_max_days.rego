# METADATA
# title: Passwords of new accounts end
# description: Accounts made tomorrow get this limit; those of today keep their own.
# custom:
#   id: host.login_policy.pass_max_days
#   kind: host
#   area: authentication
#   needs: [login_policy]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.4.1.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-411030]
#     disa_stig_ubuntu_24.04: [UBTU-24-400310]
#     ssg: [accounts_maximum_age_login_defs]
#   attack: [T1078.003]
#   params:
#     most: {type: int, default: 365, description: most days that a password stays valid}
#   remediation:
#     text: Set PASS_MAX_DAYS to 365 or less in /etc/login.defs.
#     command: sed -i -E '/^[[:space:]]*#?[[:space:]]*PASS_MAX_DAYS\b/d' /etc/login.defs && printf 'PASS_MAX_DAYS 365\n' >> /etc/login.defs
package casemate.host.login_policy.pass_max_days

import data.casemate.lib.accounts

defs := input.facets.login_policy.login_defs

value := defs.PASS_MAX_DAYS

fits if {
	n := accounts.integer(value)
	n >= 1
	n <= data.params.most
}

compliant if fits

deny contains {
	"message": sprintf("PASS_MAX_DAYS is %s; wanted 1 to %d", [value, data.params.most]),
	"evidence": {"PASS_MAX_DAYS": value, "file": "/etc/login.defs"},
} if {
	value
	not fits
}

deny contains {
	"message": "PASS_MAX_DAYS is not set",
	"evidence": {"PASS_MAX_DAYS": null, "file": "/etc/login.defs"},
} if {
	defs
	not value
}
