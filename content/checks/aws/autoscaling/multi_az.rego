# METADATA
# title: Group spans two zones at least
# description: >-
#   A group in one zone goes down with it.
# custom:
#   id: aws.autoscaling.multi_az
#   kind: aws.autoscaling.group
#   area: governance
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Add subnets of another zone.
package casemate.aws.autoscaling.multi_az

zones := {zone | some zone in input.facets.configuration.AvailabilityZones}

compliant if count(zones) >= 2

deny contains {"message": sprintf("it stands in %s alone", [zone]), "evidence": {"AvailabilityZone": zone}} if {
	count(zones) == 1
	some zone in zones
}
