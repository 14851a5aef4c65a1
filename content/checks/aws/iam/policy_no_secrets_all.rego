# METADATA
# title: Customer managed policy does not let its holder read every secret
# description: >-
#   One taken key then gives every password that the account keeps.
# custom:
#   id: aws.iam.policy_no_secrets_all
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Name the secrets, or ask for a tag by `aws:ResourceTag`.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_secrets_all

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

actions := ["secretsmanager:getsecretvalue", "secretsmanager:batchgetsecretvalue"]

# Everything is told by `aws.iam.policy_no_full_admin`.
applies if not policy.allows_all(document)

wide := escalation.on_all(document, actions, "secret")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder read every secret", [policy.named([statement])]), "evidence": statement} if some statement in wide
