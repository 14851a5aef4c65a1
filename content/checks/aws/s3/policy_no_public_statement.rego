# METADATA
# title: No statement of a bucket's policy lets everybody in
# description: >-
#   A public access block may take such a statement out of force today; whoever lifts the block opens the bucket without
#   knowing. Whether the bucket is open now is judged by `aws.s3.not_public`.
# custom:
#   id: aws.s3.policy_no_public_statement
#   kind: aws.s3.bucket
#   area: storage
#   needs: [policy]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["S3.2", "S3.3"]
#     cis_aws_7.0: ["2.21"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Remove the statement, or name the callers in it.
package casemate.aws.s3.policy_no_public_statement

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.Policy)

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is named by %s", [policy.label(facet.Policy, statement)]), "evidence": statement} if {
	some statement in open
}
