# METADATA
# title: Redis is not offered to the network
# description: Whoever speaks to Redis can write files as its user, and through them log in.
# custom:
#   id: host.listener.redis
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: Set bind 127.0.0.1 -::1 and a password.
package casemate.host.listener.redis

import data.casemate.lib.listener

ports := {6379, 6380, 16379, 26379}

processes := {"redis-server", "valkey-server", "redis-sentinel"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("Redis can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
