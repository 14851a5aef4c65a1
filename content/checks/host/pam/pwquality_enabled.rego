# METADATA
# title: A module judges new passwords
# description: Without one, users may choose any password at all.
# custom:
#   id: host.pam.pwquality_enabled
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.3.2.3"], ssg: [accounts_password_pam_pwquality_enabled]}
#   attack: [T1110]
#   remediation:
#     text: Install libpam-pwquality, which adds itself to the stack.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y libpam-pwquality
package casemate.host.pam.pwquality_enabled

import data.casemate.lib.pam

modules := {"pam_pwquality", "pam_cracklib", "pam_passwdqc"}

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
	"message": sprintf("nothing judges new passwords set through %s", [name]),
	"evidence": {"service": name},
} if {
	some name, stack in stacks
	not guarded(stack)
}
