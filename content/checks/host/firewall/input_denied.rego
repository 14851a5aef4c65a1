# METADATA
# title: Traffic that no rule admits is dropped
# description: A filter that lets through what it does not know protects only from what somebody thought of.
# custom:
#   id: host.firewall.input_denied
#   kind: host
#   area: network
#   needs: [firewall_config, units]
#   needs_if_supported: [firewall_live]
#   severity: high
#   frameworks:
#     cis_debian_12: ["4.2.7", "4.3.8", "4.4.2.1"]
#     ssg: [nftables_ensure_default_deny_policy, set_iptables_default_rule, set_ufw_default_rule]
#   attack: [T1562.004]
#   remediation:
#     text: Set the default for incoming traffic to deny, after admitting SSH.
#     command: "ufw allow OpenSSH && ufw default deny incoming && ufw --force enable"
package casemate.host.firewall.input_denied

import data.casemate.lib.firewall

config := input.facets.firewall_config

tools := firewall.tools(config, input.facets.units)

open_tools := [tool | some tool in tools; not firewall.denies_input(tool, config)] if is_set(tools)

running_open if {
	live := input.facets.firewall_live
	not "ip" in firewall.denied_families(live, "input")
	live.chains
}

running_closed if "ip" in firewall.denied_families(input.facets.firewall_live, "input")

running_closed if not input.facets.firewall_live

compliant if {
	count(tools) > 0
	count(open_tools) == 0
	running_closed
}

deny contains {"message": "boot loads no packet filter, so nothing is dropped", "evidence": {"tools": []}} if count(tools) == 0

deny contains {"message": sprintf("%s does not drop by default at the next boot", [tool]), "evidence": {"tool": tool}} if some tool in open_tools

deny contains {"message": "the filter in force does not drop IPv4 traffic by default", "evidence": {"chains": input.facets.firewall_live.chains}} if running_open
