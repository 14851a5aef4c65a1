# METADATA
# title: Customer managed policy does not allow decrypting with every key
# description: >-
#   A key guards what is encrypted with it only as long as few may use it.
# custom:
#   id: aws.iam.policy_no_kms_decrypt_all
#   kind: aws.iam.policy
#   area: identity
#   needs: [document]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["KMS.1"]
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   remediation:
#     text: >-
#       Name the keys, or the service by `kms:ViaService`.
#     command: aws iam create-policy-version --policy-arn POLICY --policy-document FILE --set-as-default
package casemate.aws.iam.policy_no_kms_decrypt_all

import data.casemate.lib.aws.escalation
import data.casemate.lib.aws.policy

document := input.facets.document.document

actions := ["kms:decrypt", "kms:reencryptfrom"]

wide := escalation.on_all(document, actions, "key")

compliant if {
	document.valid == true
	count(wide) == 0
}

deny contains {"message": sprintf("%s lets its holder decrypt with every key", [policy.named([statement])]), "evidence": statement} if some statement in wide
