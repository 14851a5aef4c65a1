# METADATA
# title: No inetd runs
# description: inetd starts old services on demand, each a program that nobody sees until it is called.
# custom:
#   id: host.service.inetd
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.19"]
#     anssi_bp_028: [R62]
#     ssg: [service_xinetd_disabled]
#   attack: [T1210]
#   remediation:
#     text: Stop and disable xinetd.service, inetd.service, openbsd-inetd.service, inetutils-inetd.service; remove the package if nothing needs it.
#     command: "for unit in xinetd.service inetd.service openbsd-inetd.service inetutils-inetd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.inetd

import data.casemate.lib.unit

names := ["xinetd.service", "inetd.service", "openbsd-inetd.service", "inetutils-inetd.service"]

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
