# METADATA
# title: Security group does not open every port to the internet
# description: >-
#   Every service that is started on the machine, by whomever, is at once on the internet.
# custom:
#   id: aws.ec2.sg_open_all_ports
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, prefix_lists]
#   severity: high
#   frameworks:
#     aws_fsbp: ["EC2.13", "EC2.14", "EC2.18", "EC2.19"]
#     cis_aws_3.0: ["5.2", "5.3"]
#     cis_aws_5.0: ["5.1.2", "5.3", "5.4"]
#     cis_aws_6.0: ["6.1.2", "6.3", "6.4"]
#     cis_aws_7.0: ["6.1.2", "6.3", "6.4"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "AC-17(1)", "AC-17(b)", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133, T1190]
#   remediation:
#     text: >-
#       Name the ports that are served, and take the rule for all out.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_open_all_ports

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(input.facets.prefix_lists)

# A rule for every protocol opens every port of TCP.
open if network.is_all_open(rules, lists, "tcp")

compliant if {
	network.is_known(rules, lists)
	not open
}

deny contains {
	"message": "the internet reaches every port of TCP",
	"evidence": {"rules": network.shown(network.openers(rules, lists, "tcp", 1), lists)},
} if {
	open
}
