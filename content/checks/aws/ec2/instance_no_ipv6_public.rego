# METADATA
# title: Instance has no IPv6 address of its own
# description: >-
#   Every IPv6 address of a VPC is a public one; an egress-only gateway is what keeps strangers out.
# custom:
#   id: aws.ec2.instance_no_ipv6_public
#   kind: aws.ec2.instance
#   area: network
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Take the address off, or see that its groups and routes are meant for the internet.
package casemate.aws.ec2.instance_no_ipv6_public

configuration := input.facets.configuration

addresses := {address |
	some interface in configuration.NetworkInterfaces
	some one in interface.Ipv6Addresses
	address := one.Ipv6Address
}

compliant if {
	every interface in configuration.NetworkInterfaces { is_array(interface.Ipv6Addresses) }
	count(addresses) == 0
}

deny contains {"message": sprintf("it has the address %s", [address]), "evidence": {"Ipv6Address": address}} if some address in addresses
