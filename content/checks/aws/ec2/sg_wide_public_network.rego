# METADATA
# title: Rules of the security group name no huge public network
# description: >-
#   A network of many millions of addresses belongs to many people, and among them are attackers. Prefix
#   lists are not looked into here: those of AWS hold large networks of its own.
# custom:
#   id: aws.ec2.sg_wide_public_network
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133]
#   params:
#     bits: {type: int, default: 16, description: shortest prefix of a public network of IPv4}
#     bits6: {type: int, default: 32, description: shortest prefix of a public network of IPv6}
#   remediation:
#     text: >-
#       Name the addresses that need it.
package casemate.aws.ec2.sg_wide_public_network

import data.casemate.lib.aws.network

rules := input.facets.configuration.IpPermissions

# The shortest prefixes that are still one owner's are parameters. What is private throughout does not count, and the
# internet as a whole is other checks' matter.
wide := {cidr |
	some rule in rules
	some cidr in network.cidrs_of(rule, {})
	net.cidr_is_valid(cidr)
	bits := {4: data.params.bits, 6: data.params.bits6}[network.family_of(cidr)]
	network.prefix_of(cidr) < bits
	network.prefix_of(cidr) > 0
	not network.is_covered(cidr, network.private_of(network.family_of(cidr)), [])
}

compliant if {
	is_array(rules)
	count(wide) == 0
}

deny contains {"message": sprintf("it lets %s in", [cidr]), "evidence": {"network": cidr}} if some cidr in wide
