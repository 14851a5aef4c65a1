# METADATA
# title: User pool of Cognito wants a digit in passwords
# description: >-
#   Passwords of one sort of characters are guessed faster.
# custom:
#   id: aws.cognito.password_number
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)", "IA-5(c)"]
#     pci_dss_4.0: ["8.3.6"]
#   remediation:
#     text: >-
#       Ask for a digit in the password policy.
package casemate.aws.cognito.password_number

configuration := input.facets.configuration

compliant if configuration.Policies.PasswordPolicy.RequireNumbers == true

deny contains {"message": "passwords without a digit are taken", "evidence": {"RequireNumbers": object.get(configuration, ["Policies", "PasswordPolicy", "RequireNumbers"], null)}} if not compliant
