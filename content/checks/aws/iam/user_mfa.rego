# METADATA
# title: IAM user with a console password has a second factor
# description: >-
#   A password alone is guessed, fished or found; with it anybody signs in as the user.
# custom:
#   id: aws.iam.user_mfa
#   kind: aws.iam.user
#   area: identity
#   needs: [login_profile, mfa_devices]
#   severity: high
#   frameworks:
#     aws_fsbp: ["IAM.5", "IAM.19"]
#     cis_aws_3.0: ["1.10"]
#     cis_aws_5.0: ["1.9"]
#     cis_aws_6.0: ["2.9"]
#     cis_aws_7.0: ["2.10"]
#     iso_27001_2022: ["A.5.17", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(2)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Let the user register a passkey or another device, or take the console password away.
#     command: aws iam delete-login-profile --user-name USER
package casemate.aws.iam.user_mfa

profile := input.facets.login_profile

devices := input.facets.mfa_devices.items

compliant if {
	profile.present == false
	is_array(devices)
}

compliant if {
	profile.present == true
	count(devices) > 0
}

deny contains {"message": "it has a console password and no second factor", "evidence": profile} if {
	profile.present == true
	count(devices) == 0
}
