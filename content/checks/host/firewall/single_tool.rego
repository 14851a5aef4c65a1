# METADATA
# title: One tool looks after the packet filter
# description: Two tools overwrite each other's rules, and which wins depends on the order of boot.
# custom:
#   id: host.firewall.single_tool
#   kind: host
#   area: network
#   needs: [firewall_config, units]
#   severity: low
#   frameworks:
#     cis_debian_12: ["4.1.1", "4.2.2", "4.3.2", "4.4.1.2", "4.4.1.3"]
#     ssg:
#       - firewall_single_service_active
#       - package_iptables-persistent_removed
#       - package_ufw_removed
#       - service_nftables_disabled
#   remediation:
#     text: Disable the other tools, and keep the one whose rules are wanted.
#     command: "if ufw status | grep -q \"Status: active\"; then systemctl disable --now nftables.service netfilter-persistent.service 2>/dev/null; fi"
package casemate.host.firewall.single_tool

import data.casemate.lib.unit

units := input.facets.units

config := input.facets.firewall_config

names := {
	"ufw": ["ufw.service"],
	"nftables": ["nftables.service"],
	"iptables": ["netfilter-persistent.service", "iptables.service"],
	"firewalld": ["firewalld.service"],
}

# ufw.service is enabled on Debian even where ufw itself is off.
idle("ufw") if config.ufw.enabled == false

on := [tool |
	some tool, list in names
	count(unit.started(units, list)) > 0
	not idle(tool)
] if {
	is_object(units.units)
	config.ufw == config.ufw
}

compliant if count(on) <= 1

deny contains {"message": sprintf("%s are all on", [concat(", ", on)]), "evidence": {"tools": on}} if count(on) > 1
