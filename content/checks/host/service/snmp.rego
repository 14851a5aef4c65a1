# METADATA
# title: The SNMP agent is off
# description: SNMP up to version 2c protects everything it tells with a word sent in clear text.
# custom:
#   id: host.service.snmp
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["2.1.15"]
#     ssg: [service_snmpd_disabled]
#   attack: [T1602.001]
#   remediation:
#     text: Stop and disable snmpd.service, snmptrapd.service; remove the package if nothing needs it.
#     command: "for unit in snmpd.service snmptrapd.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.snmp

import data.casemate.lib.unit

names := ["snmpd.service", "snmptrapd.service"]

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
