# METADATA
# title: An error of the audit disk is acted on
# description: A disk that cannot be written is a log that has stopped.
# custom:
#   id: host.audit.disk_error
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.2.3"]
#     ssg: [auditd_data_disk_error_action]
#   attack: [T1562.012]
#   params:
#     allowed: {type: list, default: [syslog, single, halt], description: accepted actions on a disk error}
#   remediation:
#     text: Set disk_error_action to syslog, single or halt.
#     command: "sed -i -E '/^[[:space:]]*disk_error_action[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'disk_error_action = syslog\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.disk_error

facts := input.facets.auditd

found := lower(object.get(facts.settings, "disk_error_action", "syslog")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("disk_error_action is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
