# METADATA
# title: IAM role may not do everything
# description: >-
#   Whoever takes over the role has the account. All its policies count: inline, attached; a policy that denies
#   everything or a permissions boundary takes the right away again.
# custom:
#   id: aws.iam.role_no_admin
#   kind: aws.iam.role
#   area: identity
#   needs: [identity_policies, boundary]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Give the role what its work needs; keep full access for a role that few may assume for an hour.
#     command: aws iam detach-role-policy --role-name ROLE --policy-arn POLICY
package casemate.aws.iam.role_no_admin

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
