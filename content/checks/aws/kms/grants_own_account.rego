# METADATA
# title: KMS key is not granted to other accounts
# description: >-
#   Grants stand in no policy and are easily overlooked. Services of AWS get theirs for your own resources.
# custom:
#   id: aws.kms.grants_own_account
#   kind: aws.kms.key
#   area: identity
#   needs: [grants]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   params:
#     accounts: {type: list, default: [], description: other accounts that may have grants}
#   remediation:
#     text: >-
#       Revoke the grant unless you know whom it serves.
#     command: aws kms revoke-grant --key-id ID --grant-id GRANT
package casemate.aws.kms.grants_own_account

import data.casemate.lib.aws.outside

grants := input.facets.grants.items

own := outside.own(input.resource)

foreign := [{"account": account, "grant": grant} |
	some grant in grants
	account := outside.account_of(grant.GranteePrincipal)
	account != own
	not account in data.params.accounts
]

compliant if {
	is_array(grants)
	count(foreign) == 0
}

deny contains {"message": sprintf("%s has a grant for %s", [one.account, concat(", ", object.get(one.grant, "Operations", []))]), "evidence": one.grant} if {
	some one in foreign
}
