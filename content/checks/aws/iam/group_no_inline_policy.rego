# METADATA
# title: IAM group has no inline policies
# description: >-
#   A policy inside a group has no versions and is seen in no list of policies, so that nobody reviews it.
# custom:
#   id: aws.iam.group_no_inline_policy
#   kind: aws.iam.group
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15"]
#   remediation:
#     text: >-
#       Make managed policies of them and delete the inline ones.
#     command: aws iam delete-group-policy --group-name GROUP --policy-name POLICY
package casemate.aws.iam.group_no_inline_policy

inline := input.facets.configuration.GroupPolicyList

compliant if count(inline) == 0

deny contains {"message": sprintf("it has the inline policy %s", [one.PolicyName]), "evidence": {"PolicyName": one.PolicyName}} if some one in inline
