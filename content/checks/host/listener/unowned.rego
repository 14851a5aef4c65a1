# METADATA
# title: Each socket that listens has a process
# description: >-
#   A socket without a process that can be seen belongs to the kernel (NFS, WireGuard), to another container, or to
#   something that hides.
# custom:
#   id: host.listener.unowned
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: low
#   attack: [T1014]
#   params:
#     kernel_ports: {type: list, default: [2049, 111, 51820, 4789, 8472, 6081], description: ports that the kernel itself serves}
#   remediation:
#     text: Find the owner with `ss -lpn` in each network namespace; a socket that stays without one deserves a look from outside the system.
package casemate.host.listener.unowned

import data.casemate.lib.listener

sockets := input.facets.listeners.sockets

found := [socket |
	some socket in sockets
	socket.reach != "loopback"
	socket.process == null
	not socket.port in {port | some port in data.params.kernel_ports}
] if is_array(sockets)

compliant if count(found) == 0

deny contains {"message": sprintf("no process is known for %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
