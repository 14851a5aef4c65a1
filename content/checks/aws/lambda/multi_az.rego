# METADATA
# title: Lambda function in a VPC can run in several zones
# description: >-
#   One zone that fails stops a function whose subnets all lie in it.
# custom:
#   id: aws.lambda.multi_az
#   kind: aws.lambda.function
#   area: compute
#   needs: [configuration]
#   related: [{edge: uses, direction: out, kind: aws.ec2.subnet, facets: [configuration]}]
#   severity: low
#   frameworks:
#     aws_fsbp: ["Lambda.5"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Give it subnets in two zones or more.
package casemate.aws.lambda.multi_az

subnets := object.get(input.facets.configuration, ["VpcConfig", "SubnetIds"], [])

applies if count(subnets) > 0

# What the function is was not read.
applies if not is_string(input.facets.configuration.FunctionArn)

zones := {one.resource.name: one.facets.configuration.AvailabilityZone |
	some one in data.estate.related
	is_string(one.facets.configuration.AvailabilityZone)
}

known := [subnet | some subnet in subnets; zones[subnet]]

reached := {zones[subnet] | some subnet in known}

compliant if count(reached) > 1

# One that was not read might lie elsewhere.
deny contains {"message": "its subnets lie in one zone", "evidence": {"SubnetIds": subnets, "zones": sort(reached)}} if {
	count(subnets) > 0
	count(known) == count(subnets)
	count(reached) == 1
}
