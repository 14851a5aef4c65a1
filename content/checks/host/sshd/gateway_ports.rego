# METADATA
# title: Ports forwarded over SSH listen on the loopback address only
# description: Otherwise a user opens ports to the network that no administrator asked for.
# custom:
#   id: host.sshd.gateway_ports
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   attack: [T1572]
#   remediation:
#     text: Set GatewayPorts to no.
#     command: printf 'GatewayPorts no\n' > /etc/ssh/sshd_config.d/10-casemate-gateway-ports.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.gateway_ports

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("gatewayports", {"no"})

compliant if sshd.forwarding_disabled

deny contains {
	"message": sprintf("GatewayPorts is %s%s; wanted no", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("gatewayports", {"no"})
	not sshd.forwarding_disabled
}
