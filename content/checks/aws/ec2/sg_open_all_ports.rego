# METADATA
# title: Security group does not open every port to the internet
# description: >-
#   Every service that is started on the machine, by whomever, is at once on the internet.
# custom:
#   id: aws.ec2.sg_open_all_ports
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: out, kind: aws.ec2.prefix_list, facets: [entries]}
#     - {edge: uses, direction: out, kind: aws.ec2.aws_prefix_list, facets: [configuration]}
#   severity: high
#   attack: [T1133, T1190]
#   remediation:
#     text: >-
#       Name the ports that are served, and take the rule for all out.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_open_all_ports

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(data.estate.related)

all_of := [protocol | some protocol in ["tcp", "udp"]; network.is_all_open(rules, lists, protocol)]

compliant if {
	network.is_known(rules, lists)
	count(all_of) == 0
}

deny contains {
	"message": sprintf("the internet reaches every port by %s", [protocol]),
	"evidence": {"protocol": protocol, "rules": network.shown(network.openers(rules, lists, protocol, 1), lists)},
} if {
	some protocol in all_of
}
