# METADATA
# title: Only approved ports can be reached
# description: The list of what may be reached is the site's own; what is not on it is a service nobody decided on.
# custom:
#   id: host.listener.known_programs
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.22"]
#     anssi_bp_028: [R80]
#     disa_stig_ubuntu_22.04: [UBTU-22-251030]
#     disa_stig_ubuntu_24.04: [UBTU-24-300041]
#     ssg: [ufw_only_required_services]
#   attack: [T1046]
#   params:
#     allow: {type: list, default: ["22/tcp", "68/udp", "546/udp", "123/udp"], description: "ports that may be reached, as PORT/TRANSPORT"}
#   remediation:
#     text: Stop the service, bind it to loopback, or add it to the list `allow` of the baseline.
package casemate.host.listener.known_programs

import data.casemate.lib.listener

sockets := input.facets.listeners.sockets

allowed := {text | some entry in data.params.allow; text := sprintf("%v", [entry])}

found := [socket |
	some socket in sockets
	socket.reach != "loopback"
	not sprintf("%d/%s", [socket.port, listener.transport_of(socket)]) in allowed
] if is_array(sockets)

compliant if count(found) == 0

deny contains {"message": sprintf("%s can be reached and is not on the list", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
