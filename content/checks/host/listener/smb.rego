# METADATA
# title: SMB is not offered to the network
# description: Open shares, and holes in their servers, are how worms and ransomware spread.
# custom:
#   id: host.listener.smb
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1021.002]
#   remediation:
#     text: Stop Samba, or bind it to the interfaces that need it (`interfaces`, `bind interfaces only`).
#     command: "systemctl disable --now smbd.service nmbd.service"
package casemate.host.listener.smb

import data.casemate.lib.listener

ports := {139, 445}

processes := {"smbd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a file share server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
