# METADATA
# title: IAM role lets in certain principals alone, whatever its conditions say
# description: >-
#   A trust policy for everybody is as good as its conditions. Those that say who the caller is, or from where,
#   bind; those on transport, on time or with values that everybody has do not.
# custom:
#   id: aws.iam.role_trust_narrow
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19", "A.8.3"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Name the principals, or add `aws:PrincipalOrgID`, `aws:PrincipalAccount` or `aws:PrincipalArn` with exact
#       values.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_trust_narrow

import data.casemate.lib.aws.policy
import data.casemate.lib.aws.trust

document := input.facets.trust.document

open := [{"statement": statement, "name": policy.named([statement])} |
	some statement in document.statements
	statement.effect == "Allow"
	policy.everybody(statement)
	not trust.narrowed(statement)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody may assume it by %s", [one.name]), "evidence": one.statement} if some one in open
