# METADATA
# title: No name server runs
# description: A name server is a large parser on the network; one nobody meant to run also amplifies floods.
# custom:
#   id: host.service.dns_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.4"]
#     ssg: [service_named_disabled]
#   attack: [T1498.002]
#   remediation:
#     text: Stop and disable named.service, bind9.service, unbound.service, pdns.service, pdns-recursor.service, knot.service; remove the package if nothing needs it.
#     command: "for unit in named.service bind9.service unbound.service pdns.service pdns-recursor.service knot.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.dns_server

import data.casemate.lib.unit

names := ["named.service", "bind9.service", "unbound.service", "pdns.service", "pdns-recursor.service", "knot.service"]

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
