# METADATA
# title: Root does not log in at a console
# description: At a console too, administrators should come in under their own names.
# custom:
#   id: host.pam.securetty
#   kind: host
#   area: authentication
#   needs: [pam, login_policy, accounts]
#   severity: low
#   frameworks: {anssi_bp_028: [R33], ssg: [no_direct_root_logins]}
#   attack: [T1078.003]
#   remediation:
#     text: Lock root's password, or keep /etc/securetty empty and pam_securetty in /etc/pam.d/login; keep another
#       account with sudo.
package casemate.host.pam.securetty

import data.casemate.lib.pam

locked if {
	some user in input.facets.accounts.users
	user.name == "root"
	user.password == "locked"
}

asked if {
	some line in pam.services.login
	line.group == "auth"
	line.module == "pam_securetty"
	pam.binding(line)
}

known if {
	pam.services
	count(input.facets.accounts.users) > 0
	consoles_known
}

consoles_known if is_array(input.facets.login_policy.securetty)

# The file is absent.
consoles_known if input.facets.login_policy.securetty == null

compliant if {
	known
	locked
}

compliant if {
	known
	asked
	count(input.facets.login_policy.securetty) == 0
}

deny contains {
	"message": "root has a password, and no empty /etc/securetty keeps it from the console",
	"evidence": {"pam_securetty": asked_text, "securetty": input.facets.login_policy.securetty},
} if {
	known
	not locked
	not closed
}

closed if {
	asked
	count(input.facets.login_policy.securetty) == 0
}

asked_text := "in the stack" if asked

asked_text := "missing" if not asked
