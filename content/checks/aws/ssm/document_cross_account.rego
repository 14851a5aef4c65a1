# METADATA
# title: SSM document is not shared with accounts that nobody named
# custom:
#   id: aws.ssm.document_cross_account
#   kind: aws.ssm.document
#   area: governance
#   needs: [sharing]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   params:
#     accounts: {type: list, default: [], description: other accounts with which it may be shared}
#   remediation:
#     text: >-
#       Take the sharing back, or accept the account.
#     command: aws ssm modify-document-permission --name NAME --permission-type Share --account-ids-to-remove ID
package casemate.aws.ssm.document_cross_account

accounts := input.facets.sharing.AccountIds

others := sort([account |
	some account in accounts
	lower(account) != "all"
	not account in data.params.accounts
])

compliant if {
	is_array(accounts)
	count(others) == 0
}

deny contains {"message": sprintf("it is shared with %s", [concat(", ", others)]), "evidence": {"AccountIds": accounts}} if count(others) > 0
