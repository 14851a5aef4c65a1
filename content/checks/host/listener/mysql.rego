# METADATA
# title: MySQL and MariaDB are not offered to the network
# description: A database that only local programs use has no need of the network.
# custom:
#   id: host.listener.mysql
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1190, T1110]
#   remediation:
#     text: Set bind-address = 127.0.0.1 and mysqlx-bind-address = 127.0.0.1.
package casemate.host.listener.mysql

import data.casemate.lib.listener

ports := {3306, 33060}

processes := {"mysqld", "mariadbd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("MySQL or MariaDB can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
