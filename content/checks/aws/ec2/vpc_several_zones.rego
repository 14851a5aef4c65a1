# METADATA
# title: Subnets of the network stand in several zones
# description: >-
#   What stands in one zone goes down with it.
# custom:
#   id: aws.ec2.vpc_several_zones
#   kind: aws.ec2.vpc
#   area: governance
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: in, kind: aws.ec2.subnet, facets: [configuration]}
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Add a subnet in another zone.
package casemate.aws.ec2.vpc_several_zones

zones := {subnet.facets.configuration.AvailabilityZone |
	some subnet in data.estate.related
	subnet.resource.kind == "aws.ec2.subnet"
}

applies if not empty

# Nothing can stand in it.
empty if {
	is_string(input.facets.configuration.VpcId)
	count(zones) == 0
}

compliant if {
	is_string(input.facets.configuration.VpcId)
	count(zones) >= 2
}

deny contains {"message": sprintf("all its subnets are in %s", [zone]), "evidence": {"AvailabilityZone": zone}} if {
	count(zones) == 1
	some zone in zones
}
