# METADATA
# title: An audit log file has room
# description: A file that is full after minutes is rotated before anybody has read it.
# custom:
#   id: host.audit.log_size
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.2.1"]
#     ssg: [auditd_data_retention_max_log_file]
#   params:
#     minimum: {type: int, default: 6, description: least size of a log file in MB}
#   remediation:
#     text: Set max_log_file to 6 MB or more.
#     command: "sed -i -E '/^[[:space:]]*max_log_file[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'max_log_file = 8\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.log_size

facts := input.facets.auditd

# Without the setting there is no limit that auditd would act on, and CIS wants one stated.
size := to_number(facts.settings.max_log_file) if {
	facts.present == true
	regex.match(`^[0-9]+$`, facts.settings.max_log_file)
}

compliant if size >= data.params.minimum

deny contains {"message": sprintf("max_log_file is %d MB; wanted %d or more", [size, data.params.minimum]), "evidence": {"file": "/etc/audit/auditd.conf", "found": size}} if {
	size < data.params.minimum
}

deny contains {"message": "max_log_file is not set", "evidence": {"file": "/etc/audit/auditd.conf"}} if {
	facts.present == true
	settings := facts.settings
	not settings.max_log_file
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
