# METADATA
# title: Elasticsearch is not offered to the network
# description: Indexes without a password are read, and wiped, by anybody who finds them.
# custom:
#   id: host.listener.elasticsearch
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1190, T1213]
#   remediation:
#     text: "Set network.host: 127.0.0.1 and keep security enabled."
package casemate.host.listener.elasticsearch

import data.casemate.lib.listener

ports := {9200, 9300}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("Elasticsearch or OpenSearch can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
