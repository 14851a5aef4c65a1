# METADATA
# title: Group mixes machines of several types over several zones
# description: >-
#   Where one type is sold out in a zone, the group can still grow.
# custom:
#   id: aws.autoscaling.several_types
#   kind: aws.autoscaling.group
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["AutoScaling.6"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Give the group a mixed instances policy with several types, and subnets of several zones.
package casemate.aws.autoscaling.several_types

group := input.facets.configuration

zones := {zone | some zone in group.AvailabilityZones}

overrides := object.get(group, ["MixedInstancesPolicy", "LaunchTemplate", "Overrides"], [])

types := {override.InstanceType | some override in overrides}

# What is asked for by its properties is of many types.
varied if count(types) >= 2

varied if {
	some override in overrides
	override.InstanceRequirements
}

compliant if {
	count(zones) >= 2
	varied
}

deny contains {"message": "its machines are of one type", "evidence": {"InstanceType": sort(types)}} if {
	is_string(group.AutoScalingGroupName)
	not varied
}

deny contains {"message": "it stands in one zone", "evidence": {"AvailabilityZones": sort(zones)}} if {
	is_string(group.AutoScalingGroupName)
	count(zones) == 1
}
