# METADATA
# title: The RPC port mapper is not offered to the network
# description: It lists the RPC services to strangers and amplifies floods.
# custom:
#   id: host.listener.rpcbind
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1046, T1498.002]
#   remediation:
#     text: Stop rpcbind, or let the packet filter admit its clients alone.
#     command: "systemctl disable --now rpcbind.service rpcbind.socket"
package casemate.host.listener.rpcbind

import data.casemate.lib.listener

ports := {111}

processes := {"rpcbind"}

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("the RPC port mapper can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
