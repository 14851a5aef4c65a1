# METADATA
# title: SSH listens on chosen addresses only
# description: A machine with several networks seldom needs to be managed from all of them.
# custom:
#   id: host.sshd.listen_address
#   kind: host.sshd
#   area: network
#   needs: [config]
#   severity: low
#   attack: [T1021.004, T1133]
#   remediation:
#     text: Set ListenAddress to the address of the management network.
package casemate.host.sshd.listen_address

import data.casemate.lib.sshd

applies if not sshd.removed

addresses := input.facets.config.listen_addresses

everywhere(address) if regex.match(`^(\[?::\]?|0\.0\.0\.0|\*)(:[0-9]+)?$`, address)

open contains address if {
	some address in addresses
	everywhere(address)
}

compliant if {
	count(addresses) > 0
	count(open) == 0
}

deny contains {"message": sprintf("listens on every address (%s)", [address]), "evidence": {"address": address}} if {
	some address in open
}

deny contains {
	"message": "no ListenAddress is set, so every address is listened on",
	"evidence": {"addresses": []},
} if {
	count(addresses) == 0
}
