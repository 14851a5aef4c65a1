# METADATA
# title: Network has a subnet without a road to the internet
# description: >-
#   Databases and the like have no place in a network where every subnet is public.
# custom:
#   id: aws.ec2.vpc_has_private_subnet
#   kind: aws.ec2.vpc
#   area: network
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: in, kind: aws.ec2.subnet, facets: [configuration]}
#     - {edge: uses, direction: in, kind: aws.ec2.route_table, facets: [configuration]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
#   remediation:
#     text: >-
#       Make subnets whose route table leads to no internet gateway, and move there what serves nobody outside.
package casemate.aws.ec2.vpc_has_private_subnet

import data.casemate.lib.aws.network

configuration := input.facets.configuration

subnets := [one.facets.configuration | some one in data.estate.related; one.resource.kind == "aws.ec2.subnet"]

tables := [one.facets.configuration | some one in data.estate.related; one.resource.kind == "aws.ec2.route_table"]

private := [subnet.SubnetId | some subnet in subnets; network.road(subnet, tables) == "private"]

public := [subnet.SubnetId | some subnet in subnets; network.road(subnet, tables) == "public"]

applies if not empty

# Nothing can stand in it.
empty if {
	is_string(configuration.VpcId)
	count(subnets) == 0
}

compliant if {
	is_string(configuration.VpcId)
	count(private) > 0
}

deny contains {"message": "every subnet of it is public", "evidence": {"subnets": public}} if {
	count(public) > 0
	count(public) == count(subnets)
}
