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
#   frameworks:
#     aws_fsbp: ["IAM.1"]
#     cis_aws_3.0: ["1.16"]
#     cis_aws_5.0: ["1.15"]
#     cis_aws_6.0: ["2.15"]
#     cis_aws_7.0: ["2.14"]
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.8.2"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "AC-6(2)", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.2.5", "7.3.2"]
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
