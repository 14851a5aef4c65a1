# METADATA
# title: RDP is not offered to the network
# description: Remote desktops are guessed at day and night.
# custom:
#   id: host.listener.rdp
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1021.001, T1110]
#   remediation:
#     text: Bind xrdp to loopback or to a VPN address.
#     command: "systemctl disable --now xrdp.service"
package casemate.host.listener.rdp

import data.casemate.lib.listener

ports := {3389}

processes := {"xrdp"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an RDP server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
