# METADATA
# title: The modem manager is off
# description: ModemManager talks to every serial device that is plugged in, as root, and a server has no modem.
# custom:
#   id: host.service.modem_manager
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   attack: [T1200]
#   remediation:
#     text: Stop and disable ModemManager.service; remove the package if nothing needs it.
#     command: "for unit in ModemManager.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.modem_manager

import data.casemate.lib.unit

names := ["ModemManager.service"]

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
