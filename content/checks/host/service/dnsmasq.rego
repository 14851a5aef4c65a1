# METADATA
# title: dnsmasq is off
# description: dnsmasq answers DNS, DHCP and TFTP at once and often listens on more interfaces than meant.
# custom:
#   id: host.service.dnsmasq
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.5"]
#     ssg: [service_dnsmasq_disabled]
#   attack: [T1557.003]
#   remediation:
#     text: Stop and disable dnsmasq.service; remove the package if nothing needs it.
#     command: "for unit in dnsmasq.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.dnsmasq

import data.casemate.lib.unit

names := ["dnsmasq.service"]

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
