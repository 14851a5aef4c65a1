# METADATA
# title: Security group opens to the internet agreed ports alone
# description: >-
#   Every port that is open to all is a service to be kept patched. Web servers behind 80 and 443 are agreed
#   at first; the lists are parameters.
# custom:
#   id: aws.ec2.sg_open_agreed_ports
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, prefix_lists]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.18"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133, T1190]
#   params:
#     tcp: {type: list, default: [80, 443], description: ports of TCP that may be open}
#     udp: {type: list, default: [], description: ports of UDP that may be open}
#   remediation:
#     text: >-
#       Let in the networks that need the port, or add it to the agreed ones.
package casemate.aws.ec2.sg_open_agreed_ports

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(input.facets.prefix_lists)

agreed := {"tcp": {port | some port in data.params.tcp}, "udp": {port | some port in data.params.udp}}

open := {protocol: ports |
	some protocol, wanted in agreed
	ports := sort(network.open_beside(rules, lists, protocol, wanted))
}

compliant if {
	network.is_known(rules, lists)
	every ports in open { count(ports) == 0 }
}

deny contains {
	"message": sprintf("the internet reaches %s %v", [protocol, ports[0]]),
	"evidence": {"protocol": protocol, "first_ports": array.slice(ports, 0, 10), "rules": network.shown(network.openers(rules, lists, protocol, ports[0]), lists)},
} if {
	some protocol, ports in open
	count(ports) > 0
}
