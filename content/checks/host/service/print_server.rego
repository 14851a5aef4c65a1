# METADATA
# title: The print server is off
# description: CUPS and its browser have let strangers run code from the local network; a server prints nothing.
# custom:
#   id: host.service.print_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.11"]
#     ssg: [service_cups_disabled]
#   attack: [T1210]
#   remediation:
#     text: Stop and disable cups.service, cups.socket, cups.path, cups-browsed.service; remove the package if nothing needs it.
#     command: "for unit in cups.service cups.socket cups.path cups-browsed.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.print_server

import data.casemate.lib.unit

names := ["cups.service", "cups.socket", "cups.path", "cups-browsed.service"]

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
