# METADATA
# title: Kernel crash dumps are off
# description: A dump of the kernel's memory holds keys and passwords, and lies on the disk afterwards.
# custom:
#   id: host.service.kdump
#   kind: host
#   area: services
#   needs: [units, identity]
#   needs_if_supported: [units_active]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-213015]
#     disa_stig_ubuntu_24.04: [UBTU-24-600070]
#     ssg: [service_kdump_disabled]
#   attack: [T1003]
#   remediation:
#     text: Stop and disable kdump-tools.service, kdump.service; remove the package if nothing needs it.
#     command: "for unit in kdump-tools.service kdump.service; do if systemctl cat \"$unit\" >/dev/null 2>&1; then systemctl disable --now \"$unit\"; systemctl mask \"$unit\"; fi; done"
package casemate.host.service.kdump

import data.casemate.lib.unit

names := ["kdump-tools.service", "kdump.service"]

started := unit.started(input.facets.units, names)

running := unit.running(input.facets, names)

compliant if {
	count(started) == 0
	count(running) == 0
}

deny contains {"message": sprintf("%s starts at boot", [name]), "evidence": {"unit": name, "state": input.facets.units.units[name].state}} if {
	some name in started
}

deny contains {"message": sprintf("%s is running", [name]), "evidence": {"unit": name}} if some name in running
