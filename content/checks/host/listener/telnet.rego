# METADATA
# title: Telnet is not offered to the network
# description: The login, and all that is typed after it, crosses the network in clear text.
# custom:
#   id: host.listener.telnet
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1040, T1021]
#   remediation:
#     text: Use SSH; stop and remove the telnet server.
#     command: "dpkg-query -W -f '${Package}\\n' telnetd inetutils-telnetd 2>/dev/null | xargs -r apt-get purge -y"
package casemate.host.listener.telnet

import data.casemate.lib.listener

ports := {23}

processes := {"telnetd", "in.telnetd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("a telnet server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
