# METADATA
# title: The rsync daemon is off
# description: >-
#   rsync's own protocol is not encrypted, and its modules are often open to read. rsync over SSH needs no daemon.
# custom:
#   id: host.service.rsync_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.13"]
#     ssg: [service_rsyncd_disabled]
#   attack: [T1039]
#   remediation:
#     text: Stop and disable rsync.service, rsyncd.service; remove the package if nothing needs it.
#     command: "for unit in rsync.service rsyncd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.rsync_server

import data.casemate.lib.unit

names := ["rsync.service", "rsyncd.service"]

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
