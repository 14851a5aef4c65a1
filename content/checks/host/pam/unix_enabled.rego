# METADATA
# title: pam_unix stands in all four groups
# description: Local accounts are checked, aged and logged by it; a stack without it leaves one of these out.
# custom:
#   id: host.pam.unix_enabled
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.3.2.1"], ssg: [accounts_password_pam_unix_enabled]}
#   remediation:
#     text: Enable the profile unix with pam-auth-update.
#     command: DEBIAN_FRONTEND=noninteractive pam-auth-update --enable unix
package casemate.host.pam.unix_enabled

import data.casemate.lib.pam

missing := {group |
	some group in ["auth", "account", "password", "session"]
	count(pam.lines(group, "pam_unix")) == 0
}

compliant if {
	count(pam.services) > 0
	count(missing) == 0
}

deny contains {"message": sprintf("no stack has pam_unix for %s", [group]), "evidence": {"group": group}} if {
	count(pam.services) > 0
	some group in missing
}
