# METADATA
# title: Somebody may open cases with AWS Support
# description: >-
#   When something is wrong, time is lost if nobody may ask AWS.
# custom:
#   id: aws.iam.support_role
#   kind: aws.account
#   area: identity
#   needs: [aws_policies]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["1.17"]
#     cis_aws_5.0: ["1.16"]
#     cis_aws_6.0: ["2.16"]
#     cis_aws_7.0: ["2.15"]
#     iso_27001_2022: ["A.5.26"]
#   remediation:
#     text: >-
#       Make a role with the policy AWSSupportAccess for those who answer incidents.
#     command: aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess
package casemate.aws.iam.support_role

policies := input.facets.aws_policies.items

holders := {holder |
	some one in policies
	endswith(one.arn, ":aws:policy/AWSSupportAccess")
	some holder in one.attached
}

compliant if {
	is_array(policies)
	count(holders) > 0
}

deny contains {"message": "the policy AWSSupportAccess is attached to nobody", "evidence": {"policy": "AWSSupportAccess"}} if {
	is_array(policies)
	count(holders) == 0
}
