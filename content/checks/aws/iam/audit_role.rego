# METADATA
# title: Somebody may look at the security of the account and change nothing
# description: >-
#   Who looks after security needs to see the settings without being able to change them.
# custom:
#   id: aws.iam.audit_role
#   kind: aws.account
#   area: identity
#   needs: [aws_policies]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15"]
#   remediation:
#     text: >-
#       Make a role with the policy SecurityAudit.
#     command: aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/SecurityAudit
package casemate.aws.iam.audit_role

policies := input.facets.aws_policies.items

holders := {holder |
	some one in policies
	endswith(one.arn, ":aws:policy/SecurityAudit")
	some holder in one.attached
}

compliant if {
	is_array(policies)
	count(holders) > 0
}

deny contains {"message": "the policy SecurityAudit is attached to nobody", "evidence": {"policy": "SecurityAudit"}} if {
	is_array(policies)
	count(holders) == 0
}
