# METADATA
# title: journald and rsyslog are wired as one
# description: >-
#   Where rsyslog keeps the logs, journald must hand them over; where it does not, handing them over is in vain.
# custom:
#   id: host.logging.journal_forwarding
#   kind: host
#   area: logging
#   needs: [logging, units]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.2.2", "6.1.3.3"]
#     ssg: [journald_disable_forward_to_syslog, journald_forward_to_syslog]
#   remediation:
#     text: Set ForwardToSyslog=yes where rsyslog is on, and no where it is not.
#     command: "mkdir -p /etc/systemd/journald.conf.d && if systemctl -q is-enabled rsyslog.service 2>/dev/null; then v=yes; else v=no; fi && printf '[Journal]\\nForwardToSyslog=%s\\n' \"$v\" > /etc/systemd/journald.conf.d/60-casemate-forwardtosyslog.conf && systemctl restart systemd-journald.service"
package casemate.host.logging.journal_forwarding

import data.casemate.lib.unit

settings := input.facets.logging.journald

# Debian builds journald with forwarding on.
forward := lower(object.get(settings, "ForwardToSyslog", "yes"))

forwards if forward in {"yes", "true", "on", "1"}

keeps_not if forward in {"no", "false", "off", "0"}

rsyslog if unit.starts(input.facets.units, "rsyslog.service")

compliant if {
	rsyslog
	forwards
}

compliant if {
	is_object(input.facets.units.units)
	not rsyslog
	keeps_not
}

deny contains {"message": "rsyslog is on, but ForwardToSyslog is off, so it gets nothing from the journal", "evidence": {"found": forward}} if {
	rsyslog
	keeps_not
}

deny contains {"message": "rsyslog is off, but ForwardToSyslog is on; wanted no", "evidence": {"found": forward}} if {
	is_object(input.facets.units.units)
	not rsyslog
	forwards
}
