# METADATA
# title: SSH notices clients that went away
# description: A connection whose client is gone stays open, and its session can be taken over where the network lets
#   that happen.
# custom:
#   id: host.sshd.client_alive_interval
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.7"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255035]
#     disa_stig_ubuntu_24.04: [UBTU-24-600010]
#     ssg: [sshd_set_idle_timeout]
#   attack: [T1563.001]
#   params:
#     most: {type: int, default: 300, description: most seconds of silence until the client is asked whether it is still there}
#   remediation:
#     text: Set ClientAliveInterval to 300 seconds or less.
#     command: printf 'ClientAliveInterval 300\n' > /etc/ssh/sshd_config.d/10-casemate-client-alive-interval.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.client_alive_interval

import data.casemate.lib.sshd

applies if not sshd.removed

fits(v) if {
	n := sshd.seconds(v.value)
	n >= 1
	n <= data.params.most
}

compliant if {
	values := sshd.possible("clientaliveinterval")
	count(values) > 0
	every v in values {
		fits(v)
	}
}

deny contains {
	"message": sprintf(
		"ClientAliveInterval is %s%s; wanted 1 to %d seconds",
		[v.value, sshd.place(v), data.params.most],
	),
	"evidence": v,
} if {
	some v in sshd.possible("clientaliveinterval")
	not fits(v)
}
