# METADATA
# title: No rsh server runs
# description: rsh and rlogin believe the client's word about who it is.
# custom:
#   id: host.service.rsh_server
#   kind: host
#   area: services
#   needs: [units]
#   needs_if_supported: [units_active]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R62]
#     disa_stig_ubuntu_22.04: [UBTU-22-215030]
#     disa_stig_ubuntu_24.04: [UBTU-24-100040]
#     ssg: [package_rsh-server_removed]
#   attack: [T1021]
#   remediation:
#     text: Stop and disable rsh.socket, rlogin.socket, rexec.socket; remove the package if nothing needs it.
#     command: "for unit in rsh.socket rlogin.socket rexec.socket; do systemctl disable --now \"$unit\" 2>/dev/null || true; systemctl mask \"$unit\"; done"
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
