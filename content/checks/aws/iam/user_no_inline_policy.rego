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
#   remediation:
#     text: >-
#       Make managed policies of them, attach those to a group, and delete the inline ones.
#     command: aws iam delete-user-policy --user-name USER --policy-name POLICY
package casemate.aws.iam.user_no_inline_policy

inline := input.facets.configuration.UserPolicyList

compliant if count(inline) == 0

deny contains {"message": sprintf("it has the inline policy %s", [one.PolicyName]), "evidence": {"PolicyName": one.PolicyName}} if some one in inline
