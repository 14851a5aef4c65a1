# METADATA
# title: Avahi is off
# description: >-
#   Avahi announces the host and its services to everybody on the segment, and answers them as root's neighbour.
# custom:
#   id: host.service.avahi
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     cis_debian_12: ["2.1.2"]
#     ssg: [service_avahi-daemon_disabled]
#   attack: [T1046]
#   remediation:
#     text: Stop and disable avahi-daemon.service, avahi-daemon.socket; remove the package if nothing needs it.
#     command: "for unit in avahi-daemon.service avahi-daemon.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.avahi

import data.casemate.lib.unit

names := ["avahi-daemon.service", "avahi-daemon.socket"]

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
