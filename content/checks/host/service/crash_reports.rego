# METADATA
# title: Crashes are not reported to the outside
# description: Crash reports carry pieces of memory, and are made by a program with root's rights that has had holes.
# custom:
#   id: host.service.crash_reports
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   attack: [T1003]
#   remediation:
#     text: Stop and disable apport.service, whoopsie.service, whoopsie.path; remove the package if nothing needs it.
#     command: "for unit in apport.service whoopsie.service whoopsie.path; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.crash_reports

import data.casemate.lib.unit

names := ["apport.service", "whoopsie.service", "whoopsie.path"]

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
