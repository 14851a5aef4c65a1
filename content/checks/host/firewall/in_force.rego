# METADATA
# title: A packet filter is in force
# description: What is configured helps only when the kernel has it; a filter is quickly flushed and forgotten.
# custom:
#   id: host.firewall.in_force
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: high
#   frameworks:
#     cis_debian_12: ["4.2.3", "4.3.4", "4.3.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-251015]
#     disa_stig_ubuntu_24.04: [UBTU-24-100310]
#     ssg: [check_ufw_active]
#   attack: [T1562.004]
#   remediation:
#     text: "Load the filter: `ufw enable`, or `systemctl start nftables.service`."
#     command: "ufw allow OpenSSH && ufw --force enable"
package casemate.host.firewall.in_force

import data.casemate.lib.firewall

live := input.facets.firewall_live

filtered := firewall.filtered_families(live, "input")

# IPv4 is filtered; IPv6 has a check of its own.
compliant if "ip" in filtered

deny contains {"message": "no chain filters IPv4 traffic to this host", "evidence": {"backend": live.backend, "chains": count(live.chains)}} if {
	not "ip" in filtered
	live.backend
}
