# METADATA
# title: CouchDB is not offered to the network
# description: Its administration is a web page, and older versions let anybody become administrator.
# custom:
#   id: host.listener.couchdb
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: Set bind_address = 127.0.0.1.
package casemate.host.listener.couchdb

import data.casemate.lib.listener

ports := {5984, 6984}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("CouchDB can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
