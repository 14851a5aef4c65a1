# METADATA
# title: The automounter is off
# description: autofs mounts whatever appears, so a stick that is plugged in is readable, and runnable, at once.
# custom:
#   id: host.service.autofs
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.1.1"]
#     ssg: [service_autofs_disabled]
#   attack: [T1091]
#   remediation:
#     text: Stop and disable autofs.service; remove the package if nothing needs it.
#     command: "for unit in autofs.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.autofs

import data.casemate.lib.unit

names := ["autofs.service"]

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
