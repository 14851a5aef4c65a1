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
#   frameworks:
#     aws_fsbp: ["SSM.4"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
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
