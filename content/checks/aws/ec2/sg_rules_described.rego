# METADATA
# title: Rules of the security group say what they are for
# description: >-
#   Nobody dares to remove a rule whose reason is forgotten.
# custom:
#   id: aws.ec2.sg_rules_described
#   kind: aws.ec2.security_group
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Write the reason and the owner into the description of each rule.
package casemate.aws.ec2.sg_rules_described

rules := input.facets.configuration.IpPermissions

silent := [one |
	some rule in rules
	some field, key in {"IpRanges": "CidrIp", "Ipv6Ranges": "CidrIpv6", "PrefixListIds": "PrefixListId", "UserIdGroupPairs": "GroupId"}
	some source in object.get(rule, field, [])
	object.get(source, "Description", "") == ""
	one := {"protocol": rule.IpProtocol, "port": object.get(rule, "FromPort", "all"), "from": source[key]}
]

compliant if {
	is_array(rules)
	count(silent) == 0
}

deny contains {"message": sprintf("%d rules for what comes in have no description", [count(silent)]), "evidence": {"rules": array.slice(silent, 0, 10)}} if {
	count(silent) > 0
}
