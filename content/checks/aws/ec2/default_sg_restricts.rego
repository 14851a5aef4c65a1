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
