# METADATA
# title: SQS queue is not shared with accounts that nobody named
# description: >-
#   Other accounts in a policy are mostly partners of long ago. Those that are meant are a parameter; a condition on your
#   organisation keeps it in the house.
# custom:
#   id: aws.sqs.cross_account
#   kind: aws.sqs.queue
#   area: identity
#   needs: [attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may be let in}
#   remediation:
#     text: >-
#       Remove the statement, add a condition on `aws:PrincipalOrgID`, or accept the account.
package casemate.aws.sqs.cross_account

import data.casemate.lib.aws.outside
import data.casemate.lib.aws.policy

attributes := input.facets.attributes

found := outside.statements(attributes.Policy, outside.own(input.resource), data.params.accounts)

compliant if {
	is_string(attributes.QueueArn)
	not attributes.Policy
}

compliant if {
	attributes.Policy.valid == true
	count(found) == 0
}

deny contains {"message": sprintf("%s is let in by %s", [concat(", ", one.accounts), policy.label(attributes.Policy, one.statement)]), "evidence": one.statement} if {
	some one in found
}
