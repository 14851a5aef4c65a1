# METADATA
# title: No root shell waits on a console
# description: debug-shell.service gives a root shell without a password on the ninth console, from early boot on.
# custom:
#   id: host.service.serial_debug
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: critical
#   attack: [T1078]
#   remediation:
#     text: Stop and disable debug-shell.service; remove the package if nothing needs it.
#     command: "for unit in debug-shell.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.serial_debug

import data.casemate.lib.unit

names := ["debug-shell.service"]

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
