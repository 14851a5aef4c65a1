# METADATA
# title: Nobody has full use of CloudShell
# description: >-
#   CloudShell with file transfer is a machine with the rights of its user that takes data out of the account.
# custom:
#   id: aws.iam.no_cloudshell_full
#   kind: aws.account
#   area: identity
#   needs: [aws_policies]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["1.22"]
#     cis_aws_5.0: ["1.21"]
#     cis_aws_6.0: ["2.21"]
#     cis_aws_7.0: ["2.20"]
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Attach a policy that denies `cloudshell:GetFileDownloadUrls` and `cloudshell:GetFileUploadUrls` in place of
#       it.
#     command: aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess
package casemate.aws.iam.no_cloudshell_full

policies := input.facets.aws_policies.items

holders := {holder |
	some one in policies
	endswith(one.arn, ":aws:policy/AWSCloudShellFullAccess")
	some holder in one.attached
}

compliant if {
	is_array(policies)
	count(holders) == 0
}

deny contains {"message": sprintf("%s has full use of CloudShell", [holder]), "evidence": {"policy": "AWSCloudShellFullAccess", "holder": holder}} if some holder in holders
