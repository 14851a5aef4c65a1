# METADATA
# title: IAM role that another party assumes asks for an external id
# description: >-
#   A party outside of the organisation that acts for many customers can be made to use your role for another one.
#   The external id, which it keeps for each customer, prevents that. The accounts of the organisation are those
#   that AWS Organizations lists.
# custom:
#   id: aws.iam.role_external_id
#   kind: aws.iam.role
#   area: identity
#   needs: [trust]
#   related:
#     - {edge: contains, direction: in, kind: aws.account, facets: [organization_accounts]}
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   attack: [T1199]
#   remediation:
#     text: >-
#       Agree on an external id with the party and ask for it in the trust policy.
#     command: aws iam update-assume-role-policy --role-name ROLE --policy-document FILE
package casemate.aws.iam.role_external_id

import data.casemate.lib.aws.trust

document := input.facets.trust.document

# The role's own account, and those of the organisation.
account := trust.account_of(input.resource.id)

listed contains one.Id if {
	some related in data.estate.related
	related.resource.kind == "aws.account"
	some one in related.facets.organization_accounts.items
}

# Whether the list was had and is that of the account's organisation, or there is no organisation.
known if account in listed

known if {
	some related in data.estate.related
	related.facets.organization_accounts.present == false
}

open := [{"statement": statement, "account": other} |
	some statement in document.statements
	statement.effect == "Allow"
	trust.lets_assume(statement)
	some name in statement.principal.AWS
	other := trust.account_of(name)
	other != account
	not other in listed
	not trust.asks_external_id(statement)
]

compliant if {
	document.valid == true
	known
	count(open) == 0
}

deny contains {"message": sprintf("account %s, which is not of the organisation, may assume it without an external id", [one.account]), "evidence": one.statement} if {
	known
	some one in open
}
