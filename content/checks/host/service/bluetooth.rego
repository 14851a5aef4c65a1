# METADATA
# title: Bluetooth is off
# description: Bluetooth opens the machine to whoever stands near it; keyboards have been injected that way.
# custom:
#   id: host.service.bluetooth
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["3.1.3"]
#     ssg: [service_bluetooth_disabled]
#   attack: [T1011.001]
#   remediation:
#     text: Stop and disable bluetooth.service; remove the package if nothing needs it.
#     command: "for unit in bluetooth.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.bluetooth

import data.casemate.lib.unit

names := ["bluetooth.service"]

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
