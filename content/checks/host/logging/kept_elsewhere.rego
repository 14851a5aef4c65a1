# METADATA
# title: Logs are also kept on another machine
# description: Root of this machine can change every log on it, but not the copy elsewhere.
# custom:
#   id: host.logging.kept_elsewhere
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.3.6"]
#     anssi_bp_028: [R71]
#     ssg: [rsyslog_remote_loghost]
#   attack: [T1070.002]
#   remediation:
#     text: "Send the logs to a collector: `*.* @@HOST` for rsyslog, or URL= in journal-upload.conf."
package casemate.host.logging.kept_elsewhere

facts := input.facets.logging

journal if facts.journal_upload.URL != ""

compliant if journal

compliant if count(facts.rsyslog_remote) > 0

deny contains {"message": "neither rsyslog nor journal-upload sends the logs anywhere", "evidence": {"rsyslog_remote": facts.rsyslog_remote}} if {
	count(facts.rsyslog_remote) == 0
	is_object(facts.journal_upload)
	not journal
}
