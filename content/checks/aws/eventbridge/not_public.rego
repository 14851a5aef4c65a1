# METADATA
# title: Event bus is not open to everybody
# description: >-
#   Whoever may put events starts what the rules of the bus start.
# custom:
#   id: aws.eventbridge.not_public
#   kind: aws.eventbridge.bus
#   area: compute
#   needs: [configuration]
#   severity: high
#   attack: [T1190]
#   remediation:
#     text: >-
#       Name the accounts or the organisation in the statement.
package casemate.aws.eventbridge.not_public

import data.casemate.lib.aws.policy

configuration := input.facets.configuration

open := policy.public_statements(configuration.Policy)

# Without a policy the account alone may put events.
compliant if {
	is_string(configuration.Arn)
	not configuration.Policy
}

compliant if {
	configuration.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("the policy lets everybody in by %s", [policy.named([statement])]), "evidence": statement} if some statement in open
