# METADATA
# title: No talk server runs
# description: talk takes messages from anybody and writes them on people's terminals, unencrypted.
# custom:
#   id: host.service.talk_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R62]
#   attack: [T1210]
#   remediation:
#     text: Stop and disable talk.socket, ntalk.socket; remove the package if nothing needs it.
#     command: "for unit in talk.socket ntalk.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.talk_server

import data.casemate.lib.unit

names := ["talk.socket", "ntalk.socket"]

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
