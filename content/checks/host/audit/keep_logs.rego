# METADATA
# title: Full audit logs are kept
# description: Rotation throws the oldest records away, and an intruder can make enough noise to push out the traces.
# custom:
#   id: host.audit.keep_logs
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.2.2"]
#     ssg: [auditd_data_retention_max_log_file_action]
#   attack: [T1070.002]
#   params:
#     allowed: {type: list, default: [keep_logs], description: accepted actions at the size limit}
#   remediation:
#     text: Set max_log_file_action = keep_logs, and send old logs elsewhere in time.
#     command: "sed -i -E '/^[[:space:]]*max_log_file_action[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'max_log_file_action = keep_logs\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.keep_logs

facts := input.facets.auditd

found := lower(object.get(facts.settings, "max_log_file_action", "ignore")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("max_log_file_action is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
