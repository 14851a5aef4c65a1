# METADATA
# title: No rsh server runs
# description: rsh and rlogin believe the client's word about who it is.
# custom:
#   id: host.service.rsh_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R62]
#   attack: [T1021]
#   remediation:
#     text: Stop and disable rsh.socket, rlogin.socket, rexec.socket; remove the package if nothing needs it.
#     command: "for unit in rsh.socket rlogin.socket rexec.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.rsh_server

import data.casemate.lib.unit

names := ["rsh.socket", "rlogin.socket", "rexec.socket"]

started := unit.started(input.facets.units, names)

running := unit.running(input.facets, names)

compliant if {
	count(started) == 0
	count(running) == 0
}

deny contains {"message": sprintf("%s starts at boot", [name]), "evidence": {"unit": name, "state": input.facets.units.units[name].state}} if {
	some name in started
}

deny contains {"message": sprintf("%s is running", [name]), "evidence": {"unit": name}} if some name in running
