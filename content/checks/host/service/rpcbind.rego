# METADATA
# title: rpcbind is off
# description: The port mapper tells strangers which RPC services run, and amplifies floods.
# custom:
#   id: host.service.rpcbind
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.12"]
#     ssg: [service_rpcbind_disabled]
#   attack: [T1046, T1498.002]
#   remediation:
#     text: Stop and disable rpcbind.service, rpcbind.socket; remove the package if nothing needs it.
#     command: "for unit in rpcbind.service rpcbind.socket; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.rpcbind

import data.casemate.lib.unit

names := ["rpcbind.service", "rpcbind.socket"]

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
