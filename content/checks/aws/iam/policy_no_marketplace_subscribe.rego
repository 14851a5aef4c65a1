# METADATA
# title: Customer managed policy does not let its holder buy in the Marketplace
# description: >-
#   A subscription costs money, and brings images and models of others into the account.
# custom:
#   id: aws.iam.policy_no_marketplace_subscribe
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Leave `aws-marketplace:Subscribe` to those who buy.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_marketplace_subscribe

import data.casemate.lib.aws.policy

document := input.facets.document.document

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

wide := policy.statements_on_all(document, "aws-marketplace:subscribe")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder subscribe", [policy.named([statement])]), "evidence": statement} if some statement in wide
