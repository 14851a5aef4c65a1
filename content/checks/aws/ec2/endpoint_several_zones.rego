# METADATA
# title: Interface endpoint stands in several zones
# description: >-
#   What stands in one zone goes down with it.
# custom:
#   id: aws.ec2.endpoint_several_zones
#   kind: aws.ec2.vpc_endpoint
#   area: governance
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Add a subnet of another zone.
package casemate.aws.ec2.endpoint_several_zones

configuration := input.facets.configuration

# Gateways are in routes, not in subnets.
applies if not elsewhere

elsewhere if lower(configuration.VpcEndpointType) != "interface"

compliant if {
	lower(configuration.VpcEndpointType) == "interface"
	count(configuration.SubnetIds) >= 2
}

deny contains {"message": sprintf("it stands in %d subnet", [count(configuration.SubnetIds)]), "evidence": {"SubnetIds": configuration.SubnetIds}} if {
	lower(configuration.VpcEndpointType) == "interface"
	count(configuration.SubnetIds) < 2
}
