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
#   frameworks:
#     aws_fsbp: ["IAM.7", "IAM.10"]
#     cis_aws_3.0: ["1.9"]
#     cis_aws_5.0: ["1.8"]
#     cis_aws_6.0: ["2.8"]
#     cis_aws_7.0: ["2.9"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)"]
#     pci_dss_4.0: ["8.3.7"]
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
