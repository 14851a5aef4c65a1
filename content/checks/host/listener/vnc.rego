# METADATA
# title: VNC is not offered to the network
# description: VNC passwords have eight characters, and many servers ask for none.
# custom:
#   id: host.listener.vnc
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1021.005]
#   remediation:
#     text: Bind the VNC server to loopback and reach it through SSH.
package casemate.host.listener.vnc

import data.casemate.lib.listener

ports := {5900, 5901, 5902, 5903, 5904, 5905, 5906, 5907, 5908, 5909, 5910}

processes := {"Xvnc", "Xtigervnc", "x11vnc", "vino-server", "wayvnc"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a VNC server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
