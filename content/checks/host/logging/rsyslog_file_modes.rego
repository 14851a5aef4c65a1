# METADATA
# title: New log files of rsyslog are not open to all
# description: Logs hold addresses, names and mistyped passwords.
# custom:
#   id: host.logging.rsyslog_file_modes
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.3.4"]
#     anssi_bp_028: [R71]
#     ssg: [rsyslog_filecreatemode, rsyslog_files_permissions]
#   attack: [T1083]
#   remediation:
#     text: Set $FileCreateMode 0640.
#     command: "printf '%s\\n' '$FileCreateMode 0640' > /etc/rsyslog.d/00-casemate-mode.conf && systemctl restart rsyslog.service"
package casemate.host.logging.rsyslog_file_modes

facts := input.facets.logging

applies if facts.rsyslog_present == true

# rsyslog's own default is 0644.
mode := object.get({"null": "0644"}, [json.marshal(facts.rsyslog_file_create_mode)], facts.rsyslog_file_create_mode) if facts.rsyslog_present == true

digits := trim_left(mode, "0")

# Owner read and write, group read: nothing for others, no more for the group.
good if regex.match(`^[0246]?[04]?0$`, digits)

good if digits == ""

compliant if good

deny contains {"message": sprintf("rsyslog creates files with mode %s; wanted 0640 or less", [mode]), "evidence": {"found": facts.rsyslog_file_create_mode}} if {
	mode
	not good
}
