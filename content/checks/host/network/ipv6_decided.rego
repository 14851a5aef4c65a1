# METADATA
# title: IPv6 is as the site decided
# description: >-
#   IPv6 that nobody uses is a second way in that nobody watches; IPv6 that is used must not be switched off.
# custom:
#   id: host.network.ipv6_decided
#   kind: host
#   area: network
#   needs: [network]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.1.1"]
#     anssi_bp_028: [R13]
#   params:
#     wanted: {type: string, default: any, description: "`off`, `on`, or `any` where both are right"}
#   remediation:
#     text: Put ipv6.disable=1 on the kernel's command line to switch it off.
package casemate.host.network.ipv6_decided

disabled := input.facets.network.ipv6_disabled

applies if data.params.wanted != "any"

state := "off" if disabled == true

state := "on" if disabled == false

compliant if state == data.params.wanted

deny contains {"message": sprintf("IPv6 is %s; wanted %s", [state, data.params.wanted]), "evidence": {"ipv6": state}} if {
	state
	not compliant
}
