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
#   frameworks:
#     aws_fsbp: ["IAM.1"]
#     cis_aws_3.0: ["1.16"]
#     cis_aws_5.0: ["1.15"]
#     cis_aws_6.0: ["2.15"]
#     cis_aws_7.0: ["2.14"]
#     iso_27001_2022: ["A.5.15", "A.5.18", "A.8.2"]
#     nist_800_53_r5: ["AC-3", "AC-5(b)", "AC-6", "AC-6(2)", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
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
