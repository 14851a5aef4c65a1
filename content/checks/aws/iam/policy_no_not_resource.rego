# METADATA
# title: Customer managed policy does not allow by leaving out resources
# description: >-
#   An Allow with NotResource allows the actions on everything that is not on the list, also on what does not exist
#   yet.
# custom:
#   id: aws.iam.policy_no_not_resource
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       List the resources that the work needs; use NotResource with Deny alone.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_not_resource

import data.casemate.lib.aws.policy

document := input.facets.document.document

wide := [statement |
	some statement in document.statements
	statement.effect == "Allow"
	statement.not_resource
]

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s allows all resources but some", [policy.named([statement])]), "evidence": statement} if some statement in wide
