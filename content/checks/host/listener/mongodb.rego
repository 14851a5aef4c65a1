# METADATA
# title: MongoDB is not offered to the network
# description: Databases without a password have been emptied and held to ransom by the thousand.
# custom:
#   id: host.listener.mongodb
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1190, T1485]
#   remediation:
#     text: Set net.bindIp to 127.0.0.1 and enable authorization.
package casemate.host.listener.mongodb

import data.casemate.lib.listener

ports := {27017, 27018, 27019}

processes := {"mongod", "mongos"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("MongoDB can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
