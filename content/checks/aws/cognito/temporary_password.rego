# METADATA
# title: Temporary passwords of a Cognito user pool end soon
# description: >-
#   The first password comes by mail or text message; until it is used, whoever reads the message signs
#   in.
# custom:
#   id: aws.cognito.temporary_password
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)", "IA-5(c)"]
#     pci_dss_4.0: ["8.3.6"]
#   params:
#     days: {type: int, default: 7, description: most days}
#   remediation:
#     text: >-
#       Let temporary passwords end after 7 days or less.
package casemate.aws.cognito.temporary_password

configuration := input.facets.configuration

days := configuration.Policies.PasswordPolicy.TemporaryPasswordValidityDays

compliant if {
	days > 0
	days <= data.params.days
}

# 0 stands for the older setting, which counts for accounts as a whole.
compliant if {
	days == 0
	configuration.AdminCreateUserConfig.UnusedAccountValidityDays <= data.params.days
}

deny contains {"message": sprintf("a temporary password is good for %d days", [days]), "evidence": {"TemporaryPasswordValidityDays": days}} if days > data.params.days

deny contains {"message": sprintf("an account that nobody used is good for %d days", [configuration.AdminCreateUserConfig.UnusedAccountValidityDays]), "evidence": configuration.AdminCreateUserConfig} if {
	days == 0
	configuration.AdminCreateUserConfig.UnusedAccountValidityDays > data.params.days
}
