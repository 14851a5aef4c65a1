# METADATA
# title: finger is not offered to the network
# description: It tells strangers who has an account here and who is logged in.
# custom:
#   id: host.listener.finger
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1087.001]
#   remediation:
#     text: Stop and remove the finger server.
#     command: "dpkg-query -W -f '${Package}\\n' fingerd 2>/dev/null | xargs -r apt-get purge -y"
package casemate.host.listener.finger

import data.casemate.lib.listener

ports := {79}

processes := {"fingerd", "in.fingerd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a finger server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
