# METADATA
# title: SSH forwards no TCP connections
# description: With a tunnel any account, even one without a shell, is a way around the firewall into the networks
#   behind.
# custom:
#   id: host.sshd.allow_tcp_forwarding
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.8"]}
#   attack: [T1572, T1090]
#   remediation:
#     text: Set AllowTcpForwarding to no, and allow it in a Match block only for those who need it.
#     command: printf 'AllowTcpForwarding no\n' > /etc/ssh/sshd_config.d/10-casemate-allow-tcp-forwarding.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.allow_tcp_forwarding

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("allowtcpforwarding", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("AllowTcpForwarding is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("allowtcpforwarding", {"no"})
	not sshd.forwarding_disabled
}
