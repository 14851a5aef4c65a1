# METADATA
# title: IAM user has no inline policies
# description: >-
#   A policy inside a user is seen nowhere else, is copied by hand and is forgotten when the work changes.
# custom:
#   id: aws.iam.user_no_inline_policy
#   kind: aws.iam.user
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.2"]
#     cis_aws_3.0: ["1.15"]
#     cis_aws_5.0: ["1.14"]
#     cis_aws_6.0: ["2.14"]
#     cis_aws_7.0: ["2.13"]
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-2(1)", "AC-3(7)", "AC-6"]
#     pci_dss_4.0: ["7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Make managed policies of them, attach those to a group, and delete the inline ones.
#     command: aws iam delete-user-policy --user-name USER --policy-name POLICY
package casemate.aws.iam.user_no_inline_policy

inline := input.facets.configuration.UserPolicyList

compliant if count(inline) == 0

deny contains {"message": sprintf("it has the inline policy %s", [one.PolicyName]), "evidence": {"PolicyName": one.PolicyName}} if some one in inline
