# METADATA
# title: No program whose file is gone listens
# description: >-
#   A file deleted under a running program is either an update without a restart, with the old holes still open, or
#   an intruder who hides.
# custom:
#   id: host.listener.program_deleted
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1070.004]
#   remediation:
#     text: Restart the service if it was updated; otherwise look into it before you stop it.
package casemate.host.listener.program_deleted

import data.casemate.lib.listener

sockets := input.facets.listeners.sockets

found := [socket |
	some socket in sockets
	is_string(socket.executable)
	endswith(socket.executable, " (deleted)")
] if is_array(sockets)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("%s listens, and its file %s", [listener.show(socket), socket.executable]), "evidence": object.union(listener.evidence(socket), {"executable": socket.executable})} if {
	some socket in found
}
