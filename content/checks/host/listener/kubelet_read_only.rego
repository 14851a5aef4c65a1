# METADATA
# title: The kubelet's read-only port is shut
# description: Port 10255 tells strangers every pod, with its environment, and asks nobody who they are.
# custom:
#   id: host.listener.kubelet_read_only
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   frameworks:
#     cis_kubernetes_1.10: ["4.2.4"]
#   attack: [T1613]
#   remediation:
#     text: "Set readOnlyPort: 0 in the kubelet's configuration."
package casemate.host.listener.kubelet_read_only

import data.casemate.lib.listener

ports := {10255}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("the kubelet's read-only port can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
