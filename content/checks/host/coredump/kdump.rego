# METADATA
# title: The kernel takes no crash dumps
# description: >-
#   A crash dump is all of memory, keys of encrypted disks included, in one file. Where dumps are wanted for support,
#   they belong on an encrypted volume.
# custom:
#   id: host.coredump.kdump
#   kind: host
#   area: kernel
#   needs: [units, packages]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-213015]
#     disa_stig_ubuntu_24.04: [UBTU-24-600070]
#     ssg: [service_kdump_disabled]
#   attack: [T1003]
#   remediation:
#     text: "Disable kdump: `systemctl disable --now kdump-tools.service`."
#     command: systemctl disable --now kdump-tools.service
package casemate.host.coredump.kdump

services := {"kdump.service", "kdump-tools.service"}

starting := {"enabled", "generated", "alias", "enabled-runtime"}

on contains name if {
	some name in services
	input.facets.units.units[name].state in starting
}

compliant if {
	input.facets.units.units
	input.facets.packages.installed
	count(on) == 0
}

deny contains {"message": sprintf("%s is enabled", [name]), "evidence": {"unit": name}} if some name in on
