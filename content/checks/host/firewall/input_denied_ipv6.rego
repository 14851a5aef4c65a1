# METADATA
# title: IPv6 traffic that no rule admits is dropped
# description: A host that filters IPv4 alone is open by its other address, which every neighbour can find.
# custom:
#   id: host.firewall.input_denied_ipv6
#   kind: host
#   area: network
#   needs: [firewall_config, units, network]
#   needs_if_supported: [firewall_live]
#   severity: high
#   frameworks:
#     cis_debian_12: ["4.2.7", "4.3.8", "4.4.3.1"]
#     ssg: [set_ip6tables_default_rule]
#   attack: [T1562.004]
#   remediation:
#     text: Set IPV6=yes in /etc/default/ufw, or save rules for ip6tables too.
#     command: "sed -i 's/^IPV6=.*/IPV6=yes/' /etc/default/ufw && ufw allow OpenSSH && ufw --force enable && ufw reload"
package casemate.host.firewall.input_denied_ipv6

import data.casemate.lib.firewall

config := input.facets.firewall_config

# Where IPv6 is off there is nothing to filter.
applies if input.facets.network.ipv6_disabled != true

tools := firewall.tools(config, input.facets.units)

open_tools := [tool | some tool in tools; not firewall.denies_input6(tool, config)] if is_set(tools)

running_open if {
	live := input.facets.firewall_live
	not "ip6" in firewall.denied_families(live, "input")
	live.chains
}

running_closed if "ip6" in firewall.denied_families(input.facets.firewall_live, "input")

running_closed if not input.facets.firewall_live

compliant if {
	count(tools) > 0
	count(open_tools) == 0
	running_closed
}

deny contains {"message": "boot loads no packet filter, so nothing is dropped", "evidence": {"tools": []}} if count(tools) == 0

deny contains {"message": sprintf("%s does not drop IPv6 by default at the next boot", [tool]), "evidence": {"tool": tool}} if some tool in open_tools

deny contains {"message": "the filter in force does not drop IPv6 traffic by default", "evidence": {"chains": input.facets.firewall_live.chains}} if running_open
