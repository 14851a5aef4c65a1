# METADATA
# title: PostgreSQL is not offered to the network
# description: >-
#   A database that only local programs use has no need of the network; guessing its passwords leaves little trace.
# custom:
#   id: host.listener.postgresql
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1190, T1110]
#   remediation:
#     text: Set listen_addresses = 'localhost', or let the packet filter admit the clients alone.
package casemate.host.listener.postgresql

import data.casemate.lib.listener

ports := {5432, 5433}

processes := {"postgres"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("PostgreSQL can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
