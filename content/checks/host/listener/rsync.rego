# METADATA
# title: The rsync daemon is not offered to the network
# description: Its protocol is in clear text and its modules are often open to read.
# custom:
#   id: host.listener.rsync
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1039]
#   remediation:
#     text: Use rsync over SSH; stop the daemon.
#     command: "systemctl disable --now rsync.service"
package casemate.host.listener.rsync

import data.casemate.lib.listener

ports := {873}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("an rsync daemon can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
