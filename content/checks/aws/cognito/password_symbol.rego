# METADATA
# title: User pool of Cognito wants a symbol in passwords
# description: >-
#   Passwords of one sort of characters are guessed faster.
# custom:
#   id: aws.cognito.password_symbol
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
#       Ask for a symbol in the password policy.
package casemate.aws.cognito.password_symbol

configuration := input.facets.configuration

compliant if configuration.Policies.PasswordPolicy.RequireSymbols == true

deny contains {"message": "passwords without a symbol are taken", "evidence": {"RequireSymbols": object.get(configuration, ["Policies", "PasswordPolicy", "RequireSymbols"], null)}} if not compliant
