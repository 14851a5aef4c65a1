# METADATA
# title: Root user has no access keys
# description: >-
#   A key of the root user does everything, and no policy of the account bounds it.
# custom:
#   id: aws.iam.root_no_access_keys
#   kind: aws.account
#   area: identity
#   needs: [root]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["IAM.4"]
#     cis_aws_3.0: ["1.4"]
#     cis_aws_5.0: ["1.3"]
#     cis_aws_6.0: ["2.3"]
#     cis_aws_7.0: ["2.4"]
#     iso_27001_2022: ["A.5.15", "A.8.2"]
#     nist_800_53_r5: ["AC-6(2)", "AC-6(10)", "IA-2"]
#     pci_dss_4.0: ["7.2.2", "8.2.2"]
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Sign in as root and delete its keys; use roles instead.
package casemate.aws.iam.root_no_access_keys

root := input.facets.root

compliant if root.access_keys == false

deny contains {"message": "the root user has access keys", "evidence": root} if root.access_keys == true
