# METADATA
# title: No web proxy runs
# description: A proxy lets whoever reaches it speak to the inner network in this host's name.
# custom:
#   id: host.service.proxy_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.17"]
#     ssg: [service_squid_disabled]
#   attack: [T1090]
#   remediation:
#     text: Stop and disable squid.service, privoxy.service, tinyproxy.service; remove the package if nothing needs it.
#     command: "for unit in squid.service privoxy.service tinyproxy.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.proxy_server

import data.casemate.lib.unit

names := ["squid.service", "privoxy.service", "tinyproxy.service"]

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
