# METADATA
# title: No debugger waits on the network
# description: Java's JDWP, Node's inspector and the like run whatever code they are sent.
# custom:
#   id: host.listener.debugger
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: critical
#   attack: [T1190, T1059]
#   remediation:
#     text: Start the program without its debugger, or bind that to loopback.
package casemate.host.listener.debugger

import data.casemate.lib.listener

ports := {5005, 9229, 5678, 8788}

processes := {"gdbserver", "node-inspector"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a debugger's port can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
