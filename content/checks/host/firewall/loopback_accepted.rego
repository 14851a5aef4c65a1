# METADATA
# title: The host may speak to itself
# description: >-
#   Services that talk over loopback break when the filter forgets it, and then somebody switches the filter off.
# custom:
#   id: host.firewall.loopback_accepted
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: low
#   frameworks:
#     cis_debian_12: ["4.2.4", "4.3.6", "4.4.2.2", "4.4.3.2"]
#     ssg: [set_ipv6_loopback_traffic, set_loopback_traffic, set_nftables_loopback_traffic, set_ufw_loopback_traffic]
#   remediation:
#     text: Accept what comes over lo.
#     command: "ufw allow in on lo && ufw deny in from 127.0.0.0/8 && ufw deny in from ::1"
package casemate.host.firewall.loopback_accepted

import data.casemate.lib.firewall

live := input.facets.firewall_live

filtered := firewall.filtered_families(live, "input")

applies if count(filtered) > 0

names := {"ip": "ipv4", "ip6": "ipv6"}

bad := [names[family] |
	some family in filtered
	not state[names[family]] == true
] if is_object(state)

state := live.loopback_accepted

compliant if {
	count(filtered) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("traffic from lo is not accepted (%s)", [family]), "evidence": {"family": family}} if some family in bad
