# METADATA
# title: Access point is not open to everybody
# description: >-
#   The policy of an access point for the internet lets nobody unknown in; that of one for a VPC is bounded by the VPC,
#   and its own public access block takes a public policy out of force.
# custom:
#   id: aws.s3control.access_point_not_public
#   kind: aws.s3control.access_point
#   area: storage
#   needs: [access_point, policy]
#   severity: high
#   frameworks:
#     aws_fsbp: ["S3.2"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Name the callers in the policy, or delete it.
#     command: aws s3control delete-access-point-policy --account-id ID --name NAME
package casemate.aws.s3control.access_point_not_public

import data.casemate.lib.aws.policy

point := input.facets.access_point

facet := input.facets.policy

open := policy.public_statements(facet.Policy)

bounded if point.NetworkOrigin == "VPC"

bounded if point.PublicAccessBlockConfiguration.RestrictPublicBuckets == true

closed if facet.present == false

closed if {
	facet.Policy.valid == true
	count(open) == 0
}

closed if {
	facet.present == true
	bounded
}

compliant if {
	is_string(point.NetworkOrigin)
	closed
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.label(facet.Policy, statement)]), "evidence": statement} if {
	is_string(point.NetworkOrigin)
	not bounded
	some statement in open
}
