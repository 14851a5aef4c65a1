# METADATA
# title: ufw starts at boot
# description: ufw.service puts the rules back after a restart; `ufw enable` alone does not survive it.
# custom:
#   id: host.firewall.ufw_starts
#   kind: host
#   area: network
#   needs: [firewall_config, units]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["4.2.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-251015, UBTU-22-251020]
#     disa_stig_ubuntu_24.04: [UBTU-24-100310]
#     ssg: [check_ufw_active, service_ufw_enabled]
#   attack: [T1562.004]
#   remediation:
#     text: Enable ufw and its unit, after admitting SSH.
#     command: "ufw allow OpenSSH && ufw --force enable && systemctl enable ufw.service"
package casemate.host.firewall.ufw_starts

import data.casemate.lib.unit

applies if input.facets.firewall_config.ufw != null

enabled := input.facets.firewall_config.ufw.enabled

compliant if {
	enabled == true
	unit.starts(input.facets.units, "ufw.service")
}

deny contains {"message": "ufw is installed, and off (ENABLED=no)", "evidence": {"file": "/etc/ufw/ufw.conf"}} if enabled == false

deny contains {"message": sprintf("ufw.service is %s; wanted enabled", [state]), "evidence": {"unit": "ufw.service", "state": state}} if {
	enabled == true
	is_object(input.facets.units.units)
	state := unit.state(input.facets.units, "ufw.service")
	not unit.starts(input.facets.units, "ufw.service")
}
