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
#   remediation:
#     text: >-
#       Attach the policy to a group, add the user, and detach the policy from the user.
#     command: aws iam detach-user-policy --user-name USER --policy-arn POLICY
package casemate.aws.iam.user_no_attached_policy

attached := input.facets.configuration.AttachedManagedPolicies

compliant if count(attached) == 0

deny contains {"message": sprintf("the policy %s is attached to it", [one.PolicyName]), "evidence": one} if some one in attached
