# METADATA
# title: IAM user has a permissions boundary
# description: >-
#   A boundary holds even where somebody attaches too mighty a policy by mistake. It is a second line; few accounts
#   have one everywhere.
# custom:
#   id: aws.iam.user_boundary
#   kind: aws.iam.user
#   area: identity
#   needs: [boundary]
#   severity: low
#   remediation:
#     text: >-
#       Write a policy of what may be done at most, and set it as the boundary.
#     command: aws iam put-user-permissions-boundary --user-name USER --permissions-boundary POLICY
package casemate.aws.iam.user_boundary

boundary := input.facets.boundary

compliant if {
	boundary.present == true
	boundary.arn != ""
}

deny contains {"message": "no boundary is set", "evidence": boundary} if boundary.present == false
