# METADATA
# title: Root user has a second factor
# description: >-
#   The root user can do everything, also close the account; a mail box is enough to get a new password for it. A
#   member account whose root user has no password signs nobody in.
# custom:
#   id: aws.iam.root_mfa
#   kind: aws.account
#   area: identity
#   needs: [root]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["IAM.9"]
#     cis_aws_3.0: ["1.5"]
#     cis_aws_5.0: ["1.4"]
#     cis_aws_6.0: ["2.4"]
#     cis_aws_7.0: ["2.5"]
#     iso_27001_2022: ["A.5.17", "A.8.2", "A.8.5"]
#     nist_800_53_r5: ["IA-2(1)", "IA-2(8)"]
#     pci_dss_4.0: ["8.4.1", "8.4.2", "8.4.3"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Sign in as root and register a passkey or security key.
package casemate.aws.iam.root_mfa

root := input.facets.root

applies if root.password != false

applies if not is_boolean(root.password)

compliant if root.mfa == true

deny contains {"message": "the root user has no second factor", "evidence": root} if root.mfa == false
