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
