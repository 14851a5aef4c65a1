# METADATA
# title: Load balancer stands in two zones at least
# description: >-
#   A load balancer in one zone goes down with it.
# custom:
#   id: aws.elbv2.multi_az
#   kind: aws.elbv2.load_balancer
#   area: governance
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Add a subnet of another zone.
package casemate.aws.elbv2.multi_az

zones := {zone.ZoneName | some zone in input.facets.configuration.AvailabilityZones}

compliant if count(zones) >= 2

deny contains {"message": sprintf("it stands in %s alone", [zone]), "evidence": {"ZoneName": zone}} if {
	count(zones) == 1
	some zone in zones
}
