# METADATA
# title: SNS topic is not open to everybody
# description: >-
#   Whoever may subscribe reads what is published, and whoever may publish speaks to all subscribers. The topic's owner
#   as a condition (`aws:SourceOwner`) narrows, as does any other on the caller; one on transport does not.
# custom:
#   id: aws.sns.not_public
#   kind: aws.sns.topic
#   area: network
#   needs: [attributes]
#   severity: high
#   remediation:
#     text: >-
#       Name the accounts in the statement, or add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID`.
#     command: aws sns remove-permission --topic-arn ARN --label SID
package casemate.aws.sns.not_public

import data.casemate.lib.aws.policy

attributes := input.facets.attributes

open := policy.public_statements(attributes.Policy)

# A topic without a policy answers its own account alone.
compliant if {
	is_string(attributes.TopicArn)
	not attributes.Policy
}

compliant if {
	attributes.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in by %s", [policy.label(attributes.Policy, statement)]), "evidence": statement} if {
	some statement in open
}
