# METADATA
# title: The sender of the journal is on
# description: A sender that is configured but off sends nothing, and nobody notices before the day it counts.
# custom:
#   id: host.logging.journal_upload_runs
#   kind: host
#   area: logging
#   needs: [logging, units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.2.1.1", "6.1.2.1.3"]
#     ssg: [package_systemd-journal-remote_installed, service_systemd-journal-upload_enabled]
#   remediation:
#     text: Enable and start systemd-journal-upload.
#     command: "systemctl enable --now systemd-journal-upload.service"
package casemate.host.logging.journal_upload_runs

import data.casemate.lib.unit

name := "systemd-journal-upload.service"

applies if input.facets.logging.journal_upload.URL != ""

compliant if {
	unit.starts(input.facets.units, name)
	unit.is_up(input.facets, name)
}

deny contains {"message": sprintf("%s is %s; wanted enabled", [name, state]), "evidence": {"unit": name, "state": state}} if {
	state := unit.state(input.facets.units, name)
	not unit.starts(input.facets.units, name)
}

deny contains {"message": sprintf("%s is not running", [name]), "evidence": {"unit": name}} if unit.is_down(input.facets, name)
