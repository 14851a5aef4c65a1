# METADATA
# title: IAM user may not do everything
# description: >-
#   Whoever takes over the user has the account. All its policies count: inline, attached, those of its groups; a
#   policy that denies everything or a permissions boundary takes the right away again.
# custom:
#   id: aws.iam.user_no_admin
#   kind: aws.iam.user
#   area: identity
#   needs: [identity_policies, boundary]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Give the user what its work needs; keep full access for a role that few may assume for an hour.
#     command: aws iam detach-user-policy --user-name USER --policy-arn POLICY
package casemate.aws.iam.user_no_admin

import data.casemate.lib.aws.identity

policies := input.facets.identity_policies

boundary := input.facets.boundary

mighty := identity.admin_policies(policies)

admin if {
	count(mighty) > 0
	not identity.frozen(policies)
	identity.unbounded(boundary)
}

compliant if {
	identity.readable(policies)
	identity.boundary_readable(boundary)
	not admin
}

deny contains {
	"message": sprintf("it may do everything by %s", [concat(", ", [identity.origin(entry) | some entry in mighty])]),
	"evidence": {"policies": identity.shown(mighty)},
} if {
	identity.readable(policies)
	identity.boundary_readable(boundary)
	admin
}
