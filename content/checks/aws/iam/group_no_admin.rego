# METADATA
# title: IAM group does not let its members do everything
# description: >-
#   Every member has the account, and so has everybody who gets hold of one of their keys.
# custom:
#   id: aws.iam.group_no_admin
#   kind: aws.iam.group
#   area: identity
#   needs: [identity_policies]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Give the group what its work needs; keep full access for a role that few may assume for an hour.
#     command: aws iam detach-group-policy --group-name GROUP --policy-arn POLICY
package casemate.aws.iam.group_no_admin

import data.casemate.lib.aws.identity

policies := input.facets.identity_policies

mighty := identity.admin_policies(policies)

compliant if {
	identity.readable(policies)
	count(mighty) == 0
}

deny contains {
	"message": sprintf("it allows everything by %s", [identity.origin(entry)]),
	"evidence": {"policies": identity.shown([entry])},
} if {
	some entry in mighty
}
