# METADATA
# title: Routes to peered networks name what is needed
# description: >-
#   A route to the whole of a peered network lets everything on both sides speak to each other.
# custom:
#   id: aws.ec2.route_peering_narrow
#   kind: aws.ec2.route_table
#   area: network
#   needs: [configuration, peerings]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["5.5"]
#     cis_aws_5.0: ["5.6"]
#     cis_aws_6.0: ["6.6"]
#     cis_aws_7.0: ["6.6"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   remediation:
#     text: >-
#       Route to the subnets or machines that are needed, one by one.
package casemate.aws.ec2.route_peering_narrow

import data.casemate.lib.aws.network

configuration := input.facets.configuration

routes := [{"route": route, "to": to} |
	some route in configuration.Routes
	route.VpcPeeringConnectionId
	object.get(route, "State", "active") != "blackhole"
	some field in ["DestinationCidrBlock", "DestinationIpv6CidrBlock"]
	to := route[field]
]

# The networks behind a peering; both sides, for the table may be of either.
networks(id) := {side.CidrBlock |
	some one in input.facets.peerings.items
	some peering in one.items
	peering.VpcPeeringConnectionId == id
	some side in [peering.AccepterVpcInfo, peering.RequesterVpcInfo]
}

known(one) if count(networks(one.route.VpcPeeringConnectionId)) > 0

wide contains one if {
	some one in routes
	some cidr in networks(one.route.VpcPeeringConnectionId)
	network.holds(one.to, cidr)
}

wide contains one if {
	some one in routes
	network.prefix_of(one.to) == 0
}

# A list of networks stands for what is in it, which is not read here.
by_list if {
	some route in configuration.Routes
	route.VpcPeeringConnectionId
	route.DestinationPrefixListId
}

compliant if {
	is_array(configuration.Routes)
	is_array(input.facets.peerings.items)
	not by_list
	every one in routes { known(one) }
	count(wide) == 0
}

deny contains {"message": sprintf("%s goes whole to %s", [one.to, one.route.VpcPeeringConnectionId]), "evidence": one.route} if some one in wide
