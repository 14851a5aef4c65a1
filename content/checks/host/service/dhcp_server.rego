# METADATA
# title: No DHCP server runs
# description: A second DHCP server gives clients its own gateway and name server, by mistake or on purpose.
# custom:
#   id: host.service.dhcp_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.3"]
#     anssi_bp_028: [R62]
#     ssg: [service_dhcpd6_disabled, service_dhcpd_disabled]
#   attack: [T1557.003]
#   remediation:
#     text: Stop and disable isc-dhcp-server.service, isc-dhcp-server6.service, kea-dhcp4-server.service, kea-dhcp6-server.service, dhcpd.service, dhcpd6.service; remove the package if nothing needs it.
#     command: "for unit in isc-dhcp-server.service isc-dhcp-server6.service kea-dhcp4-server.service kea-dhcp6-server.service dhcpd.service dhcpd6.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.dhcp_server

import data.casemate.lib.unit

names := ["isc-dhcp-server.service", "isc-dhcp-server6.service", "kea-dhcp4-server.service", "kea-dhcp6-server.service", "dhcpd.service", "dhcpd6.service"]

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
