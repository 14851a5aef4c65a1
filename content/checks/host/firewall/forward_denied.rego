# METADATA
# title: Forwarded traffic that no rule admits is dropped
# description: A host with two networks, or with containers, joins what was meant to be apart.
# custom:
#   id: host.firewall.forward_denied
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["4.2.7", "4.3.8", "4.4.2.1", "4.4.3.1"]
#     ssg:
#       - nftables_ensure_default_deny_policy
#       - set_ip6tables_default_rule
#       - set_iptables_default_rule
#       - set_ufw_default_rule
#   attack: [T1599]
#   remediation:
#     text: Set the default for routed traffic to deny.
#     command: "ufw default deny routed"
package casemate.host.firewall.forward_denied

import data.casemate.lib.firewall

live := input.facets.firewall_live

filtered := firewall.filtered_families(live, "input")

# A host without any filter fails for that; here only a filter that forgets this way out is looked at.
applies if count(filtered) > 0

open_families := filtered - firewall.denied_families(live, "forward")

compliant if {
	count(filtered) > 0
	count(open_families) == 0
}

deny contains {"message": sprintf("forwarded %s traffic is let through by default", [family]), "evidence": {"family": family, "hook": "forward"}} if some family in open_families
