# METADATA
# title: Passwords of IAM users have 14 characters or more
# description: >-
#   The length of a password decides how long guessing takes. Without a policy the minimum is 8.
# custom:
#   id: aws.iam.password_policy_length
#   kind: aws.account
#   area: identity
#   needs: [password_policy]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["IAM.7", "IAM.10"]
#     cis_aws_3.0: ["1.8"]
#     cis_aws_5.0: ["1.7"]
#     cis_aws_6.0: ["2.7"]
#     cis_aws_7.0: ["2.8"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)", "IA-5(c)"]
#     pci_dss_4.0: ["8.3.6"]
#   remediation:
#     text: >-
#       Set the password policy of the account. The command replaces the whole policy: name every setting.
#     command: aws iam update-account-password-policy --minimum-password-length 14
package casemate.aws.iam.password_policy_length

policy := input.facets.password_policy

compliant if {
	policy.present == true
	policy.MinimumPasswordLength >= 14
}

deny contains {"message": sprintf("a password of %v characters is enough", [object.get(policy, "MinimumPasswordLength", 6)]), "evidence": policy} if {
	policy.present == true
	not compliant
}

deny contains {"message": "the account has no password policy", "evidence": policy} if policy.present == false
