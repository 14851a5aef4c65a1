# METADATA
# title: IAM user has a second factor, console password or not
# description: >-
#   Policies can ask for the second factor with keys too, and a password is set in a minute. Users who sign in to
#   the console are told by `aws.iam.user_mfa`.
# custom:
#   id: aws.iam.user_mfa_any
#   kind: aws.iam.user
#   area: identity
#   needs: [mfa_devices]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.19"]
#     iso_27001_2022: ["A.5.17", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(2)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   remediation:
#     text: >-
#       Register a passkey or another device for the user.
#     command: aws iam enable-mfa-device --user-name USER --serial-number DEVICE --authentication-code1 CODE --authentication-code2 CODE
package casemate.aws.iam.user_mfa_any

devices := input.facets.mfa_devices.items

compliant if count(devices) > 0

deny contains {"message": "it has no second factor", "evidence": input.facets.mfa_devices} if count(devices) == 0
