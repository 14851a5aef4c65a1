# METADATA
# title: The audit daemon starts at boot and runs
# description: Records that nobody takes from the kernel are lost.
# custom:
#   id: host.audit.enabled
#   kind: host
#   area: audit
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.1.2"]
#     anssi_bp_028: [R33, R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-653015]
#     disa_stig_ubuntu_24.04: [UBTU-24-100410]
#     ssg: [service_auditd_enabled]
#   attack: [T1562.012]
#   remediation:
#     text: Enable and start auditd.
#     command: "systemctl enable --now auditd.service"
package casemate.host.audit.enabled

import data.casemate.lib.unit

name := "auditd.service"

compliant if {
	unit.starts(input.facets.units, name)
	unit.is_up(input.facets, name)
}

deny contains {"message": sprintf("auditd.service is %s; wanted enabled", [state]), "evidence": {"unit": name, "state": state}} if {
	state := unit.state(input.facets.units, name)
	not unit.starts(input.facets.units, name)
}

deny contains {"message": "auditd.service is not running", "evidence": {"unit": name}} if unit.is_down(input.facets, name)
