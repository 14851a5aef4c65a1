# METADATA
# title: IAM users may change their own password
# description: >-
#   Who cannot change a password keeps one that somebody else knows.
# custom:
#   id: aws.iam.password_policy_change
#   kind: aws.account
#   area: identity
#   needs: [password_policy]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#   remediation:
#     text: >-
#       Set the password policy of the account. The command replaces the whole policy: name every setting.
#     command: aws iam update-account-password-policy --allow-users-to-change-password
package casemate.aws.iam.password_policy_change

policy := input.facets.password_policy

compliant if {
	policy.present == true
	policy.AllowUsersToChangePassword == true
}

deny contains {"message": "users may not change their own password", "evidence": policy} if {
	policy.present == true
	not compliant
}

deny contains {"message": "the account has no password policy", "evidence": policy} if policy.present == false
