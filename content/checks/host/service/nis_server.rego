# METADATA
# title: NIS is off
# description: NIS hands password hashes to whoever asks for the map.
# custom:
#   id: host.service.nis_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: high
#   frameworks:
#     cis_debian_12: ["2.1.10"]
#     anssi_bp_028: [R62]
#     ssg: [service_ypserv_disabled]
#   attack: [T1003.008]
#   remediation:
#     text: Stop and disable ypserv.service, ypbind.service, nis.service; remove the package if nothing needs it.
#     command: "for unit in ypserv.service ypbind.service nis.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.nis_server

import data.casemate.lib.unit

names := ["ypserv.service", "ypbind.service", "nis.service"]

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
