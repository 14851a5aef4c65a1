# METADATA
# title: A filling audit disk is announced
# description: A warning while there is still space leaves time to act.
# custom:
#   id: host.audit.space_left_action
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.2.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653040]
#     disa_stig_ubuntu_24.04: [UBTU-24-900960]
#     ssg: [auditd_data_retention_space_left_action]
#   params:
#     allowed: {type: list, default: [email, exec, single, halt], description: accepted actions when space runs low}
#   remediation:
#     text: Set space_left_action = email (a mail program must be there), or run a program of yours.
#     command: "sed -i -E '/^[[:space:]]*space_left_action[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'space_left_action = email\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.space_left_action

facts := input.facets.auditd

found := lower(object.get(facts.settings, "space_left_action", "ignore")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("space_left_action is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
