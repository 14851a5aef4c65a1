# METADATA
# title: SSH ends connections to clients that went away
# description: Since OpenSSH 8.2 a count of 0 keeps dead connections for ever; a high one keeps them for hours.
# custom:
#   id: host.sshd.client_alive_count_max
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.1.7"]
#     disa_stig_ubuntu_22.04: [UBTU-22-255030]
#     disa_stig_ubuntu_24.04: [UBTU-24-600000]
#     ssg: [sshd_set_keepalive]
#   params:
#     most: {type: int, default: 3, description: most unanswered questions until the connection ends}
#   remediation:
#     text: Set ClientAliveCountMax to a number from 1 to 3.
#     command: printf 'ClientAliveCountMax 3\n' > /etc/ssh/sshd_config.d/10-casemate-client-alive-count-max.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.client_alive_count_max

import data.casemate.lib.sshd

applies if not sshd.removed

fits(v) if {
	n := sshd.number(v.value)
	n >= 1
	n <= data.params.most
}

compliant if {
	values := sshd.possible("clientalivecountmax")
	count(values) > 0
	every v in values {
		fits(v)
	}
}

deny contains {
	"message": sprintf("ClientAliveCountMax is %s%s; wanted 1 to %d", [v.value, sshd.place(v), data.params.most]),
	"evidence": v,
} if {
	some v in sshd.possible("clientalivecountmax")
	not fits(v)
}
