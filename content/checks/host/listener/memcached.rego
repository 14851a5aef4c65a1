# METADATA
# title: memcached is not offered to the network
# description: It has no passwords by default, and over UDP multiplies a flood by tens of thousands.
# custom:
#   id: host.listener.memcached
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1498.002]
#   remediation:
#     text: Start it with -l 127.0.0.1 -U 0.
#     command: "sed -i -E 's/^-l .*/-l 127.0.0.1/' /etc/memcached.conf && systemctl restart memcached.service"
package casemate.host.listener.memcached

import data.casemate.lib.listener

ports := {11211}

processes := {"memcached"}

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("memcached can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
