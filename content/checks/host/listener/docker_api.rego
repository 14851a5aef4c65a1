# METADATA
# title: The Docker API is not offered to the network without TLS
# description: "Whoever reaches it is root on this machine: one container with the host's disk mounted is all it takes."
# custom:
#   id: host.listener.docker_api
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: critical
#   attack: [T1610, T1611]
#   remediation:
#     text: Remove -H tcp:// from the daemon; reach it through SSH (docker -H ssh://).
package casemate.host.listener.docker_api

import data.casemate.lib.listener

ports := {2375}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("the Docker API can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
