# METADATA
# title: The machine stops before the audit disk is full
# description: The second threshold is the last moment at which every act is still recorded.
# custom:
#   id: host.audit.admin_space_left_action
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.2.4"]
#     ssg: [auditd_data_retention_admin_space_left_action]
#   params:
#     allowed: {type: list, default: [single, halt], description: accepted actions at the last threshold}
#   remediation:
#     text: Set admin_space_left_action to single or halt.
#     command: "sed -i -E '/^[[:space:]]*admin_space_left_action[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'admin_space_left_action = single\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.admin_space_left_action

facts := input.facets.auditd

found := lower(object.get(facts.settings, "admin_space_left_action", "ignore")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("admin_space_left_action is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
