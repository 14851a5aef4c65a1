# METADATA
# title: TFTP is not offered to the network
# description: It hands out, and often takes, files without asking who is there.
# custom:
#   id: host.listener.tftp
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1105]
#   remediation:
#     text: Stop the TFTP server, or bind it to the installation network alone.
#     command: "systemctl disable --now tftpd-hpa.service"
package casemate.host.listener.tftp

import data.casemate.lib.listener

ports := {69}

processes := {"in.tftpd", "atftpd"}

found := listener.exposed(input.facets.listeners, ["udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a TFTP server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
