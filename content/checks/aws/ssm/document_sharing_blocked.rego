# METADATA
# title: Account shares no SSM documents with everybody
# description: >-
#   With the block nobody can make a document public, by mistake or on purpose.
# custom:
#   id: aws.ssm.document_sharing_blocked
#   kind: aws.account_region
#   area: governance
#   needs: [ssm_document_sharing]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SSM.4"]
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Block public sharing in each region.
#     command: aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable
package casemate.aws.ssm.document_sharing_blocked

setting := input.facets.ssm_document_sharing.SettingValue

compliant if lower(setting) == "disable"

deny contains {"message": "documents may be made public", "evidence": {"SettingValue": setting}} if {
	is_string(setting)
	not compliant
}
