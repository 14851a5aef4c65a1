# METADATA
# title: All SSH forwarding is off
# description: One switch covers X11, agents, TCP, sockets and tunnels, and those of later releases too.
# custom:
#   id: host.sshd.disable_forwarding
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks: {cis_debian_12: ["5.1.8"], ssg: [sshd_disable_forwarding]}
#   attack: [T1572]
#   remediation:
#     text: Set DisableForwarding to yes on servers through which nobody needs to pass.
#     command: printf 'DisableForwarding yes\n' > /etc/ssh/sshd_config.d/10-casemate-disable-forwarding.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.disable_forwarding

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("disableforwarding", {"yes"})

deny contains {
	"message": sprintf("DisableForwarding is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("disableforwarding", {"yes"})
}
