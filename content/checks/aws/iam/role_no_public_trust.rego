# METADATA
# title: IAM role cannot be assumed by everybody
# description: >-
#   Anybody with an account of AWS may become the role and do what it may.
# custom:
#   id: aws.iam.role_no_public_trust
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   severity: critical
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19", "A.8.3"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Name the principals that need the role; where they are many, add a condition such as `aws:PrincipalOrgID`.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_no_public_trust

import data.casemate.lib.aws.policy

document := input.facets.trust.document

open := [statement |
	some statement in document.statements
	statement.effect == "Allow"
	policy.everybody(statement)
	policy.unconditional(statement)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("everybody may assume it by %s", [policy.named([statement])]), "evidence": statement} if some statement in open
