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
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
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
