# METADATA
# title: IAM role trusts principals of other accounts by name
# description: >-
#   Where another account is trusted whole, whoever rules that account decides who may assume the role, and every
#   leak there is one here.
# custom:
#   id: aws.iam.role_trust_not_account
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Name the roles in the other account, by `Principal` or by `aws:PrincipalArn`.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_trust_not_account

import data.casemate.lib.aws.trust

document := input.facets.trust.document

own := trust.account_of(input.resource.id)

open := [{"statement": statement, "account": other} |
	some statement in document.statements
	statement.effect == "Allow"
	some name in statement.principal.AWS
	other := trust.whole_account(name)
	other != own
	not trust.narrowed_within(statement)
]

compliant if {
	document.valid == true
	count(open) == 0
}

deny contains {"message": sprintf("all of account %s is trusted", [one.account]), "evidence": one.statement} if some one in open
