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
#   frameworks:
#     aws_fsbp: ["ELB.13"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
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
