# METADATA
# title: Customer managed policy is attached to something
# description: >-
#   A policy that nobody has is left over. It waits for somebody to attach it by mistake.
# custom:
#   id: aws.iam.policy_attached
#   kind: aws.iam.policy
#   area: identity
#   needs: [attached]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.18"]
#   remediation:
#     text: >-
#       Delete the policy, or attach it to the group or role that it was made for. Use as a permissions boundary is
#       not an attachment.
#     command: aws iam delete-policy --policy-arn POLICY
package casemate.aws.iam.policy_attached

attached := input.facets.attached.items

compliant if count(attached) > 0

deny contains {"message": "it is attached to no user, group or role", "evidence": input.facets.attached} if count(attached) == 0
