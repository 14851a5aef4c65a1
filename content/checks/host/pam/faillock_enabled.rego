# METADATA
# title: Accounts are locked after wrong passwords
# description: Without a lock an attacker tries passwords as fast as the machine answers.
# custom:
#   id: host.pam.faillock_enabled
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.2.2"]
#     anssi_bp_028: [R31]
#     ssg: [accounts_passwords_pam_faillock_enabled, accounts_passwords_pam_tally2]
#   attack: [T1110.001]
#   remediation:
#     text: Put pam_faillock before and after pam_unix in the auth stack, and into the account stack.
#     command: "printf 'Name: Lock accounts after wrong passwords\\nDefault: yes\\nPriority: 0\\nAuth-Type: Primary\\nAuth:\\n\\t[default=die] pam_faillock.so authfail\\n' > /usr/share/pam-configs/casemate-faillock && printf 'Name: Refuse locked accounts\\nDefault: yes\\nPriority: 1024\\nAuth-Type: Primary\\nAuth:\\n\\trequisite pam_faillock.so preauth\\nAccount-Type: Primary\\nAccount:\\n\\trequired pam_faillock.so\\n' > /usr/share/pam-configs/casemate-faillock-notify && DEBIAN_FRONTEND=noninteractive pam-auth-update --enable casemate-faillock casemate-faillock-notify"
package casemate.host.pam.faillock_enabled

import data.casemate.lib.pam

stacks := pam.using("auth", "pam_unix")

faillock(stack, word) := [i |
	some i, line in stack
	line.group == "auth"
	line.module == "pam_faillock"
	word in line.args
]

# Looked at before the password, counted after it, and reset by a success.
guarded(stack) if {
	unix := pam.position(stack, "auth", "pam_unix")
	refuses(stack, unix)
	max(faillock(stack, "authfail")) > unix
	resets(stack)
}

# The lock holds only where the line that looks at it fails the stack.
refuses(stack, unix) if {
	some i in faillock(stack, "preauth")
	i < unix
	pam.binding(stack[i])
	not pam.jumped(stack, i)
}

resets(stack) if pam.position(stack, "account", "pam_faillock") >= 0

resets(stack) if count(faillock(stack, "authsucc")) > 0

# The older module counts before pam_unix and resets in the account stack.
guarded(stack) if {
	pam.position(stack, "auth", "pam_tally2") < pam.position(stack, "auth", "pam_unix")
	pam.position(stack, "account", "pam_tally2") >= 0
}

compliant if {
	count(stacks) > 0
	every stack in stacks {
		guarded(stack)
	}
}

deny contains {
	"message": sprintf("wrong passwords given to %s lock nothing", [name]),
	"evidence": {"service": name},
} if {
	some name, stack in stacks
	not guarded(stack)
}
