# METADATA
# title: IAM users cannot use their last 24 passwords again
# description: >-
#   Who may go back to an old password at once changes nothing by changing it.
# custom:
#   id: aws.iam.password_policy_reuse
#   kind: aws.account
#   area: identity
#   needs: [password_policy]
#   severity: low
#   remediation:
#     text: >-
#       Set the password policy of the account. The command replaces the whole policy: name every setting.
#     command: aws iam update-account-password-policy --password-reuse-prevention 24
package casemate.aws.iam.password_policy_reuse

policy := input.facets.password_policy

compliant if {
	policy.present == true
	policy.PasswordReusePrevention >= 24
}

deny contains {"message": sprintf("%v old passwords are remembered", [object.get(policy, "PasswordReusePrevention", 0)]), "evidence": policy} if {
	policy.present == true
	not compliant
}

deny contains {"message": "the account has no password policy", "evidence": policy} if policy.present == false
