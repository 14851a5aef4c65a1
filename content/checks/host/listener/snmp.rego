# METADATA
# title: SNMP is not offered to the network
# description: A community word in clear text, often still `public`, opens the list of everything the host is and runs.
# custom:
#   id: host.listener.snmp
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1602.001]
#   remediation:
#     text: Use SNMPv3 alone, and set agentAddress to the management address.
#     command: "systemctl disable --now snmpd.service"
package casemate.host.listener.snmp

import data.casemate.lib.listener

ports := {161}

processes := {"snmpd"}

found := listener.exposed(input.facets.listeners, ["udp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an SNMP agent can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
