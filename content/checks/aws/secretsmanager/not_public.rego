# METADATA
# title: Secret is not open to everybody
# description: >-
#   The resource policy is read as AWS reads it: a condition on the caller narrows, one on transport does not.
# custom:
#   id: aws.secretsmanager.not_public
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [policy]
#   severity: critical
#   attack: [T1555.006]
#   remediation:
#     text: >-
#       Remove the statement or name the callers in it, turn on the block of public policies, and change the secret.
#     command: aws secretsmanager delete-resource-policy --secret-id NAME
package casemate.aws.secretsmanager.not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.ResourcePolicy)

# The answer is there and has no policy.
compliant if {
	is_string(facet.ARN)
	not facet.ResourcePolicy
}

compliant if {
	facet.ResourcePolicy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.label(facet.ResourcePolicy, statement)]), "evidence": statement} if {
	some statement in open
}
