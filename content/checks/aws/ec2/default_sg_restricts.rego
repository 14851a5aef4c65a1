# METADATA
# title: Default security group lets nothing through
# description: >-
#   What is started without naming a group gets the default one; with rules in it, machines are let in by
#   nobody's decision.
# custom:
#   id: aws.ec2.default_sg_restricts
#   kind: aws.ec2.default_security_group
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.2"]
#     cis_aws_3.0: ["5.4"]
#     cis_aws_5.0: ["5.5"]
#     cis_aws_6.0: ["6.5"]
#     cis_aws_7.0: ["6.5"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(9)(a)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.3.2", "1.4.2"]
#   remediation:
#     text: >-
#       Take all rules out of the default group and give each machine a group of its own.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.default_sg_restricts

configuration := input.facets.configuration

rules := array.concat(configuration.IpPermissions, configuration.IpPermissionsEgress)

compliant if count(rules) == 0

deny contains {
	"message": sprintf("it has %d rules for what comes in and %d for what goes out", [count(configuration.IpPermissions), count(configuration.IpPermissionsEgress)]),
	"evidence": {"IpPermissions": configuration.IpPermissions, "IpPermissionsEgress": configuration.IpPermissionsEgress},
} if {
	count(rules) > 0
}
