# METADATA
# title: The machine stops when the audit disk is full
# description: Going on without a record is what whoever filled the disk is waiting for.
# custom:
#   id: host.audit.disk_full
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.2.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653030]
#     ssg: [auditd_data_disk_full_action]
#   attack: [T1562.012]
#   params:
#     allowed: {type: list, default: [halt, single], description: accepted actions on a full disk}
#   remediation:
#     text: Set disk_full_action to halt or single; weigh it against availability.
#     command: "sed -i -E '/^[[:space:]]*disk_full_action[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'disk_full_action = halt\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.disk_full

facts := input.facets.auditd

found := lower(object.get(facts.settings, "disk_full_action", "ignore")) if facts.present == true

compliant if found in {lower(value) | some value in data.params.allowed}

deny contains {"message": sprintf("disk_full_action is %s; wanted one of %s", [found, concat(", ", data.params.allowed)]), "evidence": {"file": "/etc/audit/auditd.conf", "found": found}} if {
	found
	not compliant
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
