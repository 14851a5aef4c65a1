# METADATA
# title: Traffic to the outside that no rule admits is dropped
# description: >-
#   An intruder who cannot call home cannot fetch tools or carry data away. It takes work to know what the host
#   needs.
# custom:
#   id: host.firewall.output_denied
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: low
#   frameworks:
#     cis_debian_12: ["4.2.5", "4.2.7", "4.3.8", "4.4.2.1", "4.4.3.1"]
#     ssg:
#       - nftables_ensure_default_deny_policy
#       - set_ip6tables_default_rule
#       - set_iptables_default_rule
#       - set_ufw_default_rule
#   attack: [T1041]
#   remediation:
#     text: Admit what the host needs (DNS, time, updates), then set the default for outgoing traffic to deny.
package casemate.host.firewall.output_denied

import data.casemate.lib.firewall

live := input.facets.firewall_live

filtered := firewall.filtered_families(live, "input")

# A host without any filter fails for that; here only a filter that forgets this way out is looked at.
applies if count(filtered) > 0

open_families := filtered - firewall.denied_families(live, "output")

compliant if {
	count(filtered) > 0
	count(open_families) == 0
}

deny contains {"message": sprintf("outgoing %s traffic is let through by default", [family]), "evidence": {"family": family, "hook": "output"}} if some family in open_families
