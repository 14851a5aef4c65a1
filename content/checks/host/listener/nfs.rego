# METADATA
# title: NFS is not offered to the network
# description: Without Kerberos the server believes the user id that the client sends.
# custom:
#   id: host.listener.nfs
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1039]
#   remediation:
#     text: Stop the NFS server, or let the packet filter admit its clients alone.
#     command: "systemctl disable --now nfs-server.service"
package casemate.host.listener.nfs

import data.casemate.lib.listener

ports := {2049}

processes := {"rpc.mountd", "rpc.nfsd"}

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an NFS server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
