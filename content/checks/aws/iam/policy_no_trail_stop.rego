# METADATA
# title: Customer managed policy does not let its holder stop the trails
# description: >-
#   Who can stop the trails does what he likes afterwards unseen.
# custom:
#   id: aws.iam.policy_no_trail_stop
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: medium
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Deny these actions for all but those who rule the trails.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_trail_stop

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

actions := ["cloudtrail:stoplogging", "cloudtrail:deletetrail", "cloudtrail:updatetrail", "cloudtrail:puteventselectors"]

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

wide := escalation.on_all(document, actions, "trail")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder stop every trail", [policy.named([statement])]), "evidence": statement} if some statement in wide
