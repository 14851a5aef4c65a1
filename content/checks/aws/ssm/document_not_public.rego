# METADATA
# title: SSM document is not shared with everybody
# description: >-
#   A document says how your machines are run, and often where and with what.
# custom:
#   id: aws.ssm.document_not_public
#   kind: aws.ssm.document
#   area: governance
#   needs: [sharing]
#   severity: high
#   attack: [T1552]
#   remediation:
#     text: >-
#       Take the sharing back, and block public sharing for the account.
#     command: aws ssm modify-document-permission --name NAME --permission-type Share --account-ids-to-remove all
package casemate.aws.ssm.document_not_public

accounts := input.facets.sharing.AccountIds

compliant if {
	is_array(accounts)
	not "all" in {lower(account) | some account in accounts}
}

deny contains {"message": "it is shared with everybody", "evidence": input.facets.sharing} if "all" in {lower(account) | some account in accounts}
