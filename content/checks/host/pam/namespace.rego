# METADATA
# title: Sessions get temporary directories of their own
# description: With pam_namespace a user sees a private /tmp, so tricks with other people's temporary files come to
#   nothing.
# custom:
#   id: host.pam.namespace
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   frameworks: {anssi_bp_028: [R55], ssg: [enable_pam_namespace]}
#   remediation:
#     text: Fill /etc/security/namespace.conf, then add `session required pam_namespace.so` to login and sshd.
package casemate.host.pam.namespace

import data.casemate.lib.pam

stacks := {name: stack | some name, stack in pam.services; name in {"login", "sshd"}}

private(stack) if {
	some line in stack
	line.group == "session"
	line.module == "pam_namespace"
	pam.binding(line)
}

compliant if {
	count(stacks) > 0
	every stack in stacks {
		private(stack)
	}
}

deny contains {
	"message": sprintf("%s has no session line with pam_namespace", [name]),
	"evidence": {"service": name},
} if {
	some name, stack in stacks
	not private(stack)
}
