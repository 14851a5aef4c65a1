# METADATA
# title: SSH sets up no tunnel devices
# description: A tun device joins two networks at a lower layer than any firewall rule about SSH sees.
# custom:
#   id: host.sshd.permit_tunnel
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.8"]}
#   attack: [T1572]
#   remediation:
#     text: Set PermitTunnel to no.
#     command: printf 'PermitTunnel no\n' > /etc/ssh/sshd_config.d/10-casemate-permit-tunnel.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.permit_tunnel

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permittunnel", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("PermitTunnel is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("permittunnel", {"no"})
	not sshd.forwarding_disabled
}
