# METADATA
# title: Printing is not offered to the network
# description: cups-browsed has run foreign commands on the word of one UDP packet.
# custom:
#   id: host.listener.printing
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1210]
#   remediation:
#     text: Set Listen localhost:631 and stop cups-browsed.
#     command: "systemctl disable --now cups-browsed.service"
package casemate.host.listener.printing

import data.casemate.lib.listener

ports := {631}

processes := {"cupsd", "cups-browsed"}

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a print server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
