# METADATA
# title: Security group has few rules
# description: >-
#   A group with very many rules is understood by nobody, so that nobody sees the one that is wrong.
# custom:
#   id: aws.ec2.sg_few_rules
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   params:
#     most: {type: int, default: 50, description: most sources and destinations in all rules together}
#   remediation:
#     text: >-
#       Put the networks into prefix lists, or make a group for each purpose.
package casemate.aws.ec2.sg_few_rules

configuration := input.facets.configuration

size(rules) := sum([count(object.get(rule, field, [])) |
	some rule in rules
	some field in ["IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs"]
])

total := size(configuration.IpPermissions) + size(configuration.IpPermissionsEgress)

readable if {
	is_array(configuration.IpPermissions)
	is_array(configuration.IpPermissionsEgress)
}

compliant if {
	readable
	total <= data.params.most
}

deny contains {"message": sprintf("it has %d rules", [total]), "evidence": {"rules": total}} if {
	readable
	total > data.params.most
}
