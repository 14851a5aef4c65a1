# METADATA
# title: X11 is not offered to the network
# description: Whoever reaches a display reads its keyboard and sees its screen.
# custom:
#   id: host.listener.x11
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1056.001, T1113]
#   remediation:
#     text: Start the X server with -nolisten tcp, and forward displays through SSH.
package casemate.host.listener.x11

import data.casemate.lib.listener

ports := {6000, 6001, 6002, 6003, 6004, 6005, 6006, 6007, 6008, 6009, 6010}

processes := {"Xorg", "X", "Xwayland"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an X display can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
