# METADATA
# title: The rotation of logs is started each day
# description: logrotate does nothing by itself; its timer (or cron) must call it.
# custom:
#   id: host.logging.rotation_timer
#   kind: host
#   area: logging
#   needs: [units]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R71]
#     ssg: [timer_logrotate_enabled]
#   remediation:
#     text: Enable logrotate.timer.
#     command: "systemctl enable --now logrotate.timer"
package casemate.host.logging.rotation_timer

import data.casemate.lib.unit

name := "logrotate.timer"

compliant if unit.starts(input.facets.units, name)

deny contains {"message": sprintf("logrotate.timer is %s; wanted enabled", [state]), "evidence": {"unit": name, "state": state}} if {
	is_object(input.facets.units.units)
	state := unit.state(input.facets.units, name)
	not compliant
}
