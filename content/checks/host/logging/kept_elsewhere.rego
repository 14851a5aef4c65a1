# METADATA
# title: Logs are also kept on another machine
# description: Root of this machine can change every log on it, but not the copy elsewhere.
# custom:
#   id: host.logging.kept_elsewhere
#   kind: host
#   area: logging
#   needs: [logging]
#   needs_if_supported: [units]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.3.6"]
#     anssi_bp_028: [R71]
#     ssg: [rsyslog_remote_loghost]
#   attack: [T1070.002]
#   remediation:
#     text: "Send the logs to a collector: `*.* @@HOST` for rsyslog, or URL= in journal-upload.conf."
package casemate.host.logging.kept_elsewhere

import data.casemate.lib.unit

facts := input.facets.logging

# A configuration sends nothing where boot does not start its program. Without systemd nobody can tell.
runs(_) if not input.facets.units

runs(name) if unit.starts(input.facets.units, name)

idle(name) if {
	list := input.facets.units.units
	list
	not unit.starts(input.facets.units, name)
}

senders contains "systemd-journal-upload.service" if facts.journal_upload.URL != ""

senders contains "rsyslog.service" if count(facts.rsyslog_remote) > 0

compliant if {
	some name in senders
	runs(name)
}

deny contains {"message": "neither rsyslog nor journal-upload sends the logs anywhere", "evidence": {"rsyslog_remote": facts.rsyslog_remote}} if {
	is_array(facts.rsyslog_remote)
	is_object(facts.journal_upload)
	count(senders) == 0
}

deny contains {"message": sprintf("%s would send the logs, and boot does not start it", [concat(" or ", senders)]), "evidence": {"units": senders}} if {
	count(senders) > 0
	every name in senders { idle(name) }
}
