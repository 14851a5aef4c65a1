# METADATA
# title: IAM group has members
# description: >-
#   A group without members is left over, and its policies wait for the next who is put into it by mistake.
# custom:
#   id: aws.iam.group_not_empty
#   kind: aws.iam.group
#   area: identity
#   needs: [members]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.18"]
#   remediation:
#     text: >-
#       Detach its policies and delete the group.
#     command: aws iam delete-group --group-name GROUP
package casemate.aws.iam.group_not_empty

members := input.facets.members.items

compliant if count(members) > 0

deny contains {"message": "it has no members", "evidence": input.facets.members} if count(members) == 0
