# METADATA
# title: Customer managed policy does not let its holder pass every role
# description: >-
#   Who may pass any role to a service that runs code has what the mightiest role has.
# custom:
#   id: aws.iam.policy_no_passrole_any
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1098.003]
#   remediation:
#     text: >-
#       Name the roles, or the service by `iam:PassedToService`.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_passrole_any

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

wide := escalation.on_all(document, {"iam:passrole"}, "role")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder pass every role", [policy.named([statement])]), "evidence": statement} if some statement in wide
