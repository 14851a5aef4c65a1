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
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2"]
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
