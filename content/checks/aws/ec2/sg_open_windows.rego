# METADATA
# title: Security group does not open SMB, NetBIOS or RPC of Windows to the internet
# description: >-
#   The file sharing and RPC of Windows were made for a network of friends.
# custom:
#   id: aws.ec2.sg_open_windows
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, prefix_lists]
#   severity: high
#   attack: [T1133, T1021.002]
#   remediation:
#     text: >-
#       Let in the networks that need it, by a VPN or Session Manager better still, and take the rule for
#       everybody out.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_open_windows

import data.casemate.lib.aws.network

ports := [135, 137, 138, 139, 445]

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(input.facets.prefix_lists)

open := network.open_ports(rules, lists, "tcp", ports)

compliant if {
	network.is_known(rules, lists)
	count(open) == 0
}

deny contains {
	"message": sprintf("the internet reaches tcp %v", [port]),
	"evidence": {"port": port, "rules": network.shown(network.openers(rules, lists, "tcp", port), lists)},
} if {
	some port in open
}
