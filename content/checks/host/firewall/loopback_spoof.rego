# METADATA
# title: Nobody else may use the loopback addresses
# description: A packet from the wire with a source of 127.0.0.1 or ::1 is forged, and some service may believe it.
# custom:
#   id: host.firewall.loopback_spoof
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["4.2.4", "4.3.6", "4.4.2.2", "4.4.3.2"]
#     ssg: [set_ipv6_loopback_traffic, set_loopback_traffic, set_nftables_loopback_traffic, set_ufw_loopback_traffic]
#   attack: [T1036]
#   remediation:
#     text: Drop 127.0.0.0/8 and ::1 from anywhere but lo.
#     command: "ufw allow in on lo && ufw deny in from 127.0.0.0/8 && ufw deny in from ::1"
package casemate.host.firewall.loopback_spoof

import data.casemate.lib.firewall

live := input.facets.firewall_live

filtered := firewall.filtered_families(live, "input")

applies if count(filtered) > 0

names := {"ip": "ipv4", "ip6": "ipv6"}

bad := [names[family] |
	some family in filtered
	not state[names[family]] == true
] if is_object(state)

state := live.loopback_spoof_dropped

compliant if {
	count(filtered) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("traffic with a loopback source that does not come over lo is not dropped (%s)", [family]), "evidence": {"family": family}} if some family in bad
