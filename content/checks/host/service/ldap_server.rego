# METADATA
# title: No LDAP server runs
# description: A directory holds who may do what; only the machine whose task it is should serve one.
# custom:
#   id: host.service.ldap_server
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.7"]
#     ssg: [service_slapd_disabled]
#   attack: [T1087.002]
#   remediation:
#     text: Stop and disable slapd.service; remove the package if nothing needs it.
#     command: "for unit in slapd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.ldap_server

import data.casemate.lib.unit

names := ["slapd.service"]

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
