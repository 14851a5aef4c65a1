# METADATA
# title: A tool for the packet filter is installed
# description: The kernel filters nothing by itself; somebody must be able to tell it what.
# custom:
#   id: host.firewall.installed
#   kind: host
#   area: network
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["4.2.1", "4.3.1", "4.4.1.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-251010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100300]
#     ssg:
#       - package_iptables-persistent_installed
#       - package_iptables_installed
#       - package_nftables_installed
#       - package_ufw_installed
#   attack: [T1562.004]
#   remediation:
#     text: Install ufw or nftables.
#     command: "apt-get install -y ufw"
package casemate.host.firewall.installed

installed := input.facets.packages.installed

tools := ["ufw", "nftables", "iptables-persistent", "firewalld"]

compliant if {
	some name in tools
	installed[name]
}

deny contains {"message": sprintf("none of %s is installed", [concat(", ", tools)]), "evidence": {"wanted": tools}} if {
	is_object(installed)
	not compliant
}
