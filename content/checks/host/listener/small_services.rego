# METADATA
# title: The old test services are not offered to the network
# description: echo, discard, daytime, chargen and time serve nobody today but those who want to amplify a flood.
# custom:
#   id: host.listener.small_services
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1498.002]
#   remediation:
#     text: Switch them off in inetd's configuration.
#     command: "for unit in inetd.service xinetd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; fi; done"
package casemate.host.listener.small_services

import data.casemate.lib.listener

ports := {7, 9, 13, 19, 37}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("an old test service can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
