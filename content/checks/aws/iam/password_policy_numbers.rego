# METADATA
# title: Passwords of IAM users hold a digit
# description: >-
#   Where the policy asks for kinds of characters, the commonest passwords are refused.
# custom:
#   id: aws.iam.password_policy_numbers
#   kind: aws.account
#   area: identity
#   needs: [password_policy]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.7", "IAM.10"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)", "IA-5(c)"]
#     pci_dss_4.0: ["8.3.6"]
#   remediation:
#     text: >-
#       Set the password policy of the account. The command replaces the whole policy: name every setting.
#     command: aws iam update-account-password-policy --require-numbers
package casemate.aws.iam.password_policy_numbers

policy := input.facets.password_policy

compliant if {
	policy.present == true
	policy.RequireNumbers == true
}

deny contains {"message": "a password needs no digit", "evidence": policy} if {
	policy.present == true
	not compliant
}

deny contains {"message": "the account has no password policy", "evidence": policy} if policy.present == false
