# METADATA
# title: Inline policies of an IAM group do not allow decrypting with every key
# description: >-
#   A key guards what is encrypted with it only as long as few may use it.
# custom:
#   id: aws.iam.group_inline_no_kms_decrypt_all
#   kind: aws.iam.group
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["KMS.2"]
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   remediation:
#     text: >-
#       Name the keys, or the service by `kms:ViaService`.
#     command: aws iam put-group-policy --group-name GROUP --policy-name POLICY --policy-document FILE
package casemate.aws.iam.group_inline_no_kms_decrypt_all

import data.casemate.lib.aws.escalation

inline := input.facets.configuration.GroupPolicyList

wide := [one.PolicyName |
	some one in inline
	count(escalation.on_all(one.PolicyDocument, ["kms:decrypt", "kms:reencryptfrom"], "key")) > 0
]

compliant if {
	count(wide) == 0
	every one in inline { one.PolicyDocument.valid == true }
}

deny contains {"message": sprintf("the inline policy %s allows decrypting with every key", [name]), "evidence": {"PolicyName": name}} if some name in wide
