# METADATA
# title: Answers to the host's own connections come through
# description: >-
#   A filter without a rule for established traffic breaks updates and name resolution, and is soon switched off.
# custom:
#   id: host.firewall.established_accepted
#   kind: host
#   area: network
#   needs: [firewall_live]
#   severity: low
#   frameworks:
#     cis_debian_12: ["4.3.7", "4.4.2.3", "4.4.3.3"]
#   remediation:
#     text: Accept `ct state established,related` on input.
package casemate.host.firewall.established_accepted

import data.casemate.lib.firewall

live := input.facets.firewall_live

dropping := firewall.denied_families(live, "input")

# Where input is not dropped by default, answers come through anyway.
applies if count(dropping) > 0

names := {"ip": "ipv4", "ip6": "ipv6"}

state := live.established_accepted

bad := [names[family] |
	some family in dropping
	not state[names[family]] == true
] if is_object(state)

compliant if {
	count(dropping) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("established traffic is not accepted (%s)", [family]), "evidence": {"family": family}} if some family in bad
