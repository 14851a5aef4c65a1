# METADATA
# title: Security group does not let everything out to the internet
# description: >-
#   What breaks in calls home: a rule that lets all traffic out lets data out too.
# custom:
#   id: aws.ec2.sg_egress_narrow
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, egress_prefix_lists]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "SC-7(9)(a)"]
#     pci_dss_4.0: ["1.3.2"]
#   attack: [T1041, T1567]
#   remediation:
#     text: >-
#       Name the networks and ports that the machines need, and take the rule for all out.
#     command: aws ec2 revoke-security-group-egress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_egress_narrow

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissionsEgress

lists := network.prefix_lists(input.facets.egress_prefix_lists)

open if network.is_all_open(rules, lists, "tcp")

compliant if {
	network.is_known(rules, lists)
	not open
}

deny contains {
	"message": "everything may go out to the internet",
	"evidence": {"rules": network.shown(network.openers(rules, lists, "tcp", 1), lists)},
} if {
	open
}
