# METADATA
# title: A logger keeps the system's messages
# description: >-
#   Either rsyslog is on, or journald keeps its journal on disk; with neither, nothing is there to look at
#   afterwards.
# custom:
#   id: host.logging.logger_runs
#   kind: host
#   area: logging
#   needs: [logging, units, identity]
#   needs_if_supported: [units_active]
#   severity: high
#   frameworks:
#     cis_debian_12: ["6.1.3.1", "6.1.3.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-652010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100200]
#     ssg: [package_rsyslog_installed, service_rsyslog_enabled]
#   attack: [T1562.006]
#   remediation:
#     text: Set Storage=persistent for journald, or install rsyslog.
#     command: "mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nStorage=persistent\\n' > /etc/systemd/journald.conf.d/60-casemate-storage.conf && systemctl restart systemd-journald.service"
package casemate.host.logging.logger_runs

import data.casemate.lib.unit

known if {
	is_object(input.facets.units.units)
	is_object(input.facets.logging.journald)
	unit.activity_known(input.facets)
}

storage := lower(object.get(input.facets.logging.journald, "Storage", "auto"))

rsyslog if {
	unit.starts(input.facets.units, "rsyslog.service")
	unit.is_up(input.facets, "rsyslog.service")
}

compliant if {
	known
	rsyslog
}

compliant if {
	known
	storage == "persistent"
	not unit.state(input.facets.units, "systemd-journald.service") in {"masked", "absent"}
	unit.is_up(input.facets, "systemd-journald.service")
}

deny contains {"message": sprintf("rsyslog is off and the journal's Storage is %s", [storage]), "evidence": {"rsyslog": unit.state(input.facets.units, "rsyslog.service"), "storage": storage}} if {
	known
	not compliant
}
