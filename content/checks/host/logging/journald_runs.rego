# METADATA
# title: journald is in use
# description: Everything that services print goes through journald; without it they speak into the void.
# custom:
#   id: host.logging.journald_runs
#   kind: host
#   area: logging
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.1.1"]
#     ssg: [service_systemd-journald_enabled]
#   attack: [T1562.006]
#   remediation:
#     text: Unmask and start systemd-journald.
#     command: "systemctl unmask systemd-journald.service && systemctl start systemd-journald.service"
package casemate.host.logging.journald_runs

import data.casemate.lib.unit

name := "systemd-journald.service"

compliant if {
	unit.starts_or_static(input.facets.units, name)
	unit.is_up(input.facets, name)
}

deny contains {"message": sprintf("systemd-journald.service is %s; wanted static", [state]), "evidence": {"unit": name, "state": state}} if {
	state := unit.state(input.facets.units, name)
	not unit.starts_or_static(input.facets.units, name)
}

deny contains {"message": "systemd-journald.service is not running", "evidence": {"unit": name}} if unit.is_down(input.facets, name)
