# METADATA
# title: Inner ports of message brokers are not offered to the network
# description: The Erlang port mapper, the node ports and ZooKeeper trust a cookie or nobody at all.
# custom:
#   id: host.listener.message_broker
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1190]
#   remediation:
#     text: Bind the ports to loopback or the cluster's own network.
package casemate.host.listener.message_broker

import data.casemate.lib.listener

ports := {4369, 25672, 2181}

processes := {"epmd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a message broker's inner port can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
