# METADATA
# title: Security group does not open every port of UDP to the internet
# description: >-
#   Every service that is started on the machine, by whomever, is at once on the internet.
# custom:
#   id: aws.ec2.sg_open_all_udp
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, prefix_lists]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133]
#   remediation:
#     text: >-
#       Name the ports that are served, and take the rule for all out.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_open_all_udp

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(input.facets.prefix_lists)

open if network.is_all_open(rules, lists, "udp")

compliant if {
	network.is_known(rules, lists)
	not open
}

deny contains {
	"message": "the internet reaches every port of UDP",
	"evidence": {"rules": network.shown(network.openers(rules, lists, "udp", 1), lists)},
} if {
	open
}
