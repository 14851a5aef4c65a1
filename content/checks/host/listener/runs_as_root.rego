# METADATA
# title: Services that listen do not run as root
# description: >-
#   A hole in a service that runs as root gives the whole machine; with a user of its own it gives the service.
# custom:
#   id: host.listener.runs_as_root
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R64]
#   attack: [T1068]
#   params:
#     allow: {type: list, default: [sshd, systemd, master, dhclient, nginx, apache2, dovecot, cupsd, smbd, nmbd, named, dockerd, containerd, kubelet], description: processes that may listen as root}
#   remediation:
#     text: Give the service a user (`User=` or `DynamicUser=yes` in its unit), and AmbientCapabilities=CAP_NET_BIND_SERVICE for a low port.
package casemate.host.listener.runs_as_root

import data.casemate.lib.listener

sockets := input.facets.listeners.sockets

found := [socket |
	some socket in sockets
	socket.reach != "loopback"
	socket.user == "root"
	not socket.process in {name | some name in data.params.allow}
] if is_array(sockets)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("%s runs as root", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
