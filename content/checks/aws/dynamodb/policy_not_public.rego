# METADATA
# title: Policy of a DynamoDB table does not let everybody in
# description: >-
#   Everybody with an account of AWS may then do what the statement says. A condition on the caller narrows, one
#   on transport does not.
# custom:
#   id: aws.dynamodb.policy_not_public
#   kind: aws.dynamodb.table
#   area: database
#   needs: [policy]
#   severity: critical
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   attack: [T1530]
#   remediation:
#     text: >-
#       Name the roles or your organisation in the policy, and block public access of the table.
#     command: aws dynamodb delete-resource-policy --resource-arn ARN
package casemate.aws.dynamodb.policy_not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.Policy)

compliant if facet.present == false

compliant if {
	facet.Policy.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody is let in: %s", [policy.named(open)]), "evidence": {"statements": open}} if count(open) > 0
