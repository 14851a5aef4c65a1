# METADATA
# title: rlogin, rsh and rexec are not offered to the network
# description: They let in whoever claims to be a trusted user of a trusted host.
# custom:
#   id: host.listener.rsh
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: critical
#   attack: [T1021]
#   remediation:
#     text: Use SSH; stop and remove the r-command servers.
#     command: "dpkg-query -W -f '${Package}\\n' rsh-server rsh-redone-server 2>/dev/null | xargs -r apt-get purge -y"
package casemate.host.listener.rsh

import data.casemate.lib.listener

ports := {512, 513, 514}

processes := {"rshd", "in.rshd", "rlogind", "in.rlogind", "rexecd", "in.rexecd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an r-command server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
