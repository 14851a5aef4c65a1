# METADATA
# title: NetBIOS names are not offered to the network
# description: Name answers by broadcast can be forged, and tell strangers who is logged in.
# custom:
#   id: host.listener.netbios
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: low
#   attack: [T1557.001]
#   remediation:
#     text: Stop nmbd; clients of today find shares by DNS.
#     command: "systemctl disable --now nmbd.service"
package casemate.host.listener.netbios

import data.casemate.lib.listener

ports := {137, 138}

processes := {"nmbd"}

found := listener.exposed(input.facets.listeners, ["udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a NetBIOS name server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
