# METADATA
# title: SSH runs no commands from users' own rc files
# description: "~/.ssh/rc runs at each login, before the shell and even for accounts limited to one command; it is a
#   quiet place to stay in."
# custom:
#   id: host.sshd.permit_user_rc
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   attack: [T1546.004]
#   remediation:
#     text: Set PermitUserRC to no.
#     command: printf 'PermitUserRC no\n' > /etc/ssh/sshd_config.d/10-casemate-permit-user-rc.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.permit_user_rc

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permituserrc", {"no"})

deny contains {
	"message": sprintf("PermitUserRC is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("permituserrc", {"no"})
}
