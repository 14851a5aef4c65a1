# METADATA
# title: etcd is not offered to the network
# description: etcd holds a whole cluster with its secrets; without client certificates everybody is its administrator.
# custom:
#   id: host.listener.etcd
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1552, T1190]
#   remediation:
#     text: Listen on loopback, or demand client certificates (--client-cert-auth) and filter the ports.
package casemate.host.listener.etcd

import data.casemate.lib.listener

ports := {2379, 2380}

processes := {"etcd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("etcd can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
