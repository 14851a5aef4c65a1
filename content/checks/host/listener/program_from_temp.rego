# METADATA
# title: No program from a directory for temporary files listens
# description: Intruders put their tools where everybody may write; honest services do not live there.
# custom:
#   id: host.listener.program_from_temp
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: critical
#   attack: [T1059, T1571]
#   remediation:
#     text: "Find out what the program is before you stop it: keep a copy, its /proc entry and its open files."
package casemate.host.listener.program_from_temp

import data.casemate.lib.listener

sockets := input.facets.listeners.sockets

found := [socket |
	some socket in sockets
	is_string(socket.executable)
	some directory in ["/tmp/", "/var/tmp/", "/dev/shm/", "/run/user/"]
	startswith(socket.executable, directory)
] if is_array(sockets)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("%s listens, started from %s", [listener.show(socket), socket.executable]), "evidence": object.union(listener.evidence(socket), {"executable": socket.executable})} if {
	some socket in found
}
