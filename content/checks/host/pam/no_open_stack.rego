# METADATA
# title: No service lets everybody in
# description: pam_permit says yes to everybody; where it can end the auth stack, any password or none opens the
#   service.
# custom:
#   id: host.pam.no_open_stack
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: critical
#   attack: [T1556.003]
#   params:
#     accepted: {type: list, default: [gdm-autologin, gdm-launch-environment, lightdm-autologin, lightdm-greeter, sddm-autologin, sddm-greeter], description: services that are meant to be open}
#   remediation:
#     text: Remove the line with pam_permit from the auth stack of the service, and find out who put it there.
package casemate.host.pam.no_open_stack

import data.casemate.lib.pam

ending(line) if {
	line.group == "auth"
	line.module == "pam_permit"
	line.control == "sufficient"
}

ending(line) if {
	line.group == "auth"
	line.module == "pam_permit"
	regex.match(`(success|default)=(done|[1-9])`, line.control)
}

# pam_permit is the only module that is asked.
sole(stack) if {
	auth := [line.module | some line in stack; line.group == "auth"]
	count(auth) > 0
	every line in stack {
		judges_nothing(line)
	}
	"pam_permit" in auth
}

judges_nothing(line) if line.group != "auth"

judges_nothing(line) if line.module in {"pam_permit", "pam_env", "pam_faildelay", "pam_warn", "pam_echo"}

# Beside a pam_permit that counts, the failure of an optional module does not.
judges_nothing(line) if line.control == "optional"

open contains name if {
	some name, stack in pam.services
	not name in data.params.accepted
	some line in stack
	ending(line)
}

open contains name if {
	some name, stack in pam.services
	not name in data.params.accepted
	sole(stack)
}

compliant if {
	count(pam.services) > 0
	count(open) == 0
}

deny contains {"message": sprintf("%s lets everybody in by pam_permit", [name]), "evidence": {"service": name}} if {
	some name in open
}
