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
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
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
