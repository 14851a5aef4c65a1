# METADATA
# title: The warning about space comes in time
# description: A threshold of a quarter of the disk leaves hours; a few megabytes leave none.
# custom:
#   id: host.audit.space_left
#   kind: host
#   area: audit
#   needs: [auditd]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-653040]
#     disa_stig_ubuntu_24.04: [UBTU-24-900960]
#     ssg: [auditd_data_retention_space_left_percentage]
#   params:
#     percent: {type: int, default: 25, description: "least share of the disk, in percent"}
#   remediation:
#     text: Set space_left = 25%.
#     command: "sed -i -E '/^[[:space:]]*space_left[[:space:]]*=/Id' /etc/audit/auditd.conf && printf 'space_left = 25%%\\n' >> /etc/audit/auditd.conf && pkill -HUP -x auditd"
package casemate.host.audit.space_left

facts := input.facets.auditd

text := object.get(facts.settings, "space_left", "0") if facts.present == true

percent := to_number(trim_suffix(text, "%")) if regex.match(`^[0-9]+%$`, text)

compliant if percent >= data.params.percent

deny contains {"message": sprintf("space_left is %s; wanted %d%% or more", [text, data.params.percent]), "evidence": {"file": "/etc/audit/auditd.conf", "found": text}} if {
	percent < data.params.percent
}

deny contains {"message": sprintf("space_left is %s MB, whatever the size of the disk; wanted %d%% or more", [text, data.params.percent]), "evidence": {"file": "/etc/audit/auditd.conf", "found": text}} if {
	not endswith(text, "%")
}

deny contains {"message": "there is no auditd.conf", "evidence": {"file": "/etc/audit/auditd.conf"}} if facts.present == false
