# METADATA
# title: Customer managed policy does not let its holder delete every key
# description: >-
#   What is encrypted with a deleted key is lost.
# custom:
#   id: aws.iam.policy_no_key_deletion
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: medium
#   attack: [T1485]
#   remediation:
#     text: >-
#       Name the keys, and leave their deletion to those who rule them.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_key_deletion

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

actions := ["kms:schedulekeydeletion", "kms:disablekey"]

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

wide := escalation.on_all(document, actions, "key")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder delete or disable every key", [policy.named([statement])]), "evidence": statement} if some statement in wide
