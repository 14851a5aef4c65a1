# METADATA
# title: The host does not announce itself by multicast
# description: mDNS tells every neighbour what runs here, and its answers can be forged.
# custom:
#   id: host.listener.mdns
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: low
#   attack: [T1557.001]
#   remediation:
#     text: Stop avahi-daemon; set MulticastDNS=no and LLMNR=no for systemd-resolved.
#     command: "systemctl disable --now avahi-daemon.service avahi-daemon.socket"
package casemate.host.listener.mdns

import data.casemate.lib.listener

ports := {5353, 5355}

processes := {"avahi-daemon"}

found := listener.exposed(input.facets.listeners, ["udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an mDNS responder can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
