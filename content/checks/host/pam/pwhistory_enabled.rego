# METADATA
# title: Former passwords are remembered
# description: A password that leaked once must not come back.
# custom:
#   id: host.pam.pwhistory_enabled
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.2.4"], ssg: [accounts_password_pam_pwhistory_enabled]}
#   remediation:
#     text: Add pam_pwhistory to the password stack, before pam_unix.
#     command: "printf 'Name: Password history\\nDefault: yes\\nPriority: 512\\nPassword-Type: Primary\\nPassword:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root try_first_pass use_authtok\\nPassword-Initial:\\n\\trequisite pam_pwhistory.so remember=24 enforce_for_root\\n' > /usr/share/pam-configs/casemate-pwhistory && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-pwhistory"
package casemate.host.pam.pwhistory_enabled

import data.casemate.lib.pam

modules := {"pam_pwhistory"}

stacks := pam.using("password", "pam_unix")

guarded(stack) if {
	some i, line in stack
	line.group == "password"
	line.module in modules
	pam.binding(line)
	i < pam.position(stack, "password", "pam_unix")
	not pam.jumped(stack, i)
}

compliant if {
	count(stacks) > 0
	every stack in stacks {
		guarded(stack)
	}
}

deny contains {
	"message": sprintf("former passwords may be set again through %s", [name]),
	"evidence": {"service": name},
} if {
	some name, stack in stacks
	not guarded(stack)
}
