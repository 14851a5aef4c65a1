# METADATA
# title: Customer managed policy does not allow everything on everything
# description: >-
#   Whoever gets the policy has the account. The version that is in force is read.
# custom:
#   id: aws.iam.policy_no_full_admin
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Write down what the work needs, and make a version that allows that; `AdministratorAccess` is there for the
#       few who need all.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_full_admin

import data.casemate.lib.aws.policy

document := input.facets.document.document

wide := policy.full_statements(document)

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s allows everything on everything", [policy.named([statement])]), "evidence": statement} if some statement in wide
