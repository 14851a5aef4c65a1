# METADATA
# title: The next boot loads a packet filter
# description: Without one, every service that comes up later, by mistake or by an intruder, can be reached at once.
# custom:
#   id: host.firewall.loaded_at_boot
#   kind: host
#   area: network
#   needs: [firewall_config, units]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["4.2.1", "4.2.3", "4.3.4", "4.3.5", "4.3.9", "4.3.10", "4.4.1.1"]
#     anssi_bp_028: [R80]
#     disa_stig_ubuntu_22.04: [UBTU-22-251010, UBTU-22-251015, UBTU-22-251020]
#     disa_stig_ubuntu_24.04: [UBTU-24-100300, UBTU-24-100310]
#     ssg:
#       - check_ufw_active
#       - nftables_rules_permanent
#       - package_ufw_installed
#       - service_nftables_enabled
#       - service_ufw_enabled
#       - set_nftables_base_chain
#       - set_nftables_table
#   attack: [T1562.004]
#   remediation:
#     text: Install and enable ufw, or write /etc/nftables.conf; admit SSH first.
#     command: "apt-get install -y ufw && ufw allow OpenSSH && ufw --force enable"
package casemate.host.firewall.loaded_at_boot

import data.casemate.lib.firewall

config := input.facets.firewall_config

tools := firewall.tools(config, input.facets.units)

compliant if count(tools) > 0

deny contains {"message": "boot starts none of ufw, nftables, iptables and firewalld with a filter on input", "evidence": {"tools": []}} if count(tools) == 0
