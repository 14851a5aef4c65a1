# METADATA
# title: Cassandra is not offered to the network
# description: Its default authenticator lets in everybody, and its JMX port runs code.
# custom:
#   id: host.listener.cassandra
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: Bind it to the cluster's own network and enable the password authenticator.
package casemate.host.listener.cassandra

import data.casemate.lib.listener

ports := {7000, 7001, 7199, 9042, 9160}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("Cassandra can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
