# METADATA
# title: Classic load balancer stands in two zones at least
# description: >-
#   A load balancer in one zone goes down with it.
# custom:
#   id: aws.elb.multi_az
#   kind: aws.elb.load_balancer
#   area: governance
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Add a subnet of another zone.
package casemate.aws.elb.multi_az

zones := {zone | some zone in input.facets.configuration.AvailabilityZones}

compliant if count(zones) >= 2

deny contains {"message": sprintf("it stands in %s alone", [zone]), "evidence": {"AvailabilityZone": zone}} if {
	count(zones) == 1
	some zone in zones
}
