# METADATA
# title: Passwords of IAM users end within 90 days
# description: >-
#   A password that leaked works until it is changed.
# custom:
#   id: aws.iam.password_policy_max_age
#   kind: aws.account
#   area: identity
#   needs: [password_policy]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.7", "IAM.10"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.3.9"]
#   remediation:
#     text: >-
#       Set the password policy of the account. The command replaces the whole policy: name every setting.
#     command: aws iam update-account-password-policy --max-password-age 90
package casemate.aws.iam.password_policy_max_age

policy := input.facets.password_policy

compliant if {
	policy.present == true
	policy.ExpirePasswords == true
	policy.MaxPasswordAge <= 90
	policy.MaxPasswordAge > 0
}

deny contains {"message": sprintf("passwords last %v days", [object.get(policy, "MaxPasswordAge", "unlimited")]), "evidence": policy} if {
	policy.present == true
	not compliant
}

deny contains {"message": "the account has no password policy", "evidence": policy} if policy.present == false
