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
#   frameworks:
#     aws_fsbp: ["AutoScaling.2"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
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
