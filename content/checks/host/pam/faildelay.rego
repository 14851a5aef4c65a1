# METADATA
# title: A wrong password costs some seconds
# description: Four seconds a guess turn a dictionary into weeks at the console.
# custom:
#   id: host.pam.faildelay
#   kind: host
#   area: authentication
#   needs: [pam, login_policy]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-412010]
#     disa_stig_ubuntu_24.04: [UBTU-24-300017]
#     ssg: [accounts_passwords_pam_faildelay_delay]
#   attack: [T1110.001]
#   params:
#     least: {type: int, default: 4000000, description: least delay in microseconds}
#   remediation:
#     text: Add `auth required pam_faildelay.so delay=4000000` to the auth stack.
#     command: "printf 'Name: Delay after wrong passwords\\nDefault: yes\\nPriority: 2048\\nAuth-Type: Primary\\nAuth:\\n\\trequired pam_faildelay.so delay=4000000\\n' > /usr/share/pam-configs/casemate-faildelay && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-faildelay"
package casemate.host.pam.faildelay

import data.casemate.lib.pam

stacks := {name: stack | some name, stack in pam.using("auth", "pam_unix"); name in {"login", "sshd"}}

# Without an argument the module takes FAIL_DELAY of login.defs, in seconds.
delay(line) := pam.number(pam.argument(line, "delay"))

delay(line) := pam.number(input.facets.login_policy.login_defs.FAIL_DELAY) * 1000000 if {
	not pam.argument(line, "delay")
}

slow(stack) if {
	some line in stack
	line.group == "auth"
	line.module == "pam_faildelay"
	delay(line) >= data.params.least
}

compliant if {
	input.facets.login_policy.login_defs
	count(stacks) > 0
	every stack in stacks {
		slow(stack)
	}
}

deny contains {
	"message": sprintf("%s waits less than %d microseconds after a wrong password", [name, data.params.least]),
	"evidence": {"service": name},
} if {
	input.facets.login_policy.login_defs
	some name, stack in stacks
	not slow(stack)
}
