# METADATA
# title: IAM user gets its permissions from groups alone
# description: >-
#   Permissions that hang on single users grow with every task and are never taken back; a group says what a job
#   needs.
# custom:
#   id: aws.iam.user_no_attached_policy
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
#       Attach the policy to a group, add the user, and detach the policy from the user.
#     command: aws iam detach-user-policy --user-name USER --policy-arn POLICY
package casemate.aws.iam.user_no_attached_policy

attached := input.facets.configuration.AttachedManagedPolicies

compliant if count(attached) == 0

deny contains {"message": sprintf("the policy %s is attached to it", [one.PolicyName]), "evidence": one} if some one in attached
