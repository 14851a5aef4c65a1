# METADATA
# title: User pool of Cognito wants a small letter in passwords
# description: >-
#   Passwords of one sort of characters are guessed faster.
# custom:
#   id: aws.cognito.password_lowercase
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
#       Ask for a small letter in the password policy.
package casemate.aws.cognito.password_lowercase

configuration := input.facets.configuration

compliant if configuration.Policies.PasswordPolicy.RequireLowercase == true

deny contains {"message": "passwords without a small letter are taken", "evidence": {"RequireLowercase": object.get(configuration, ["Policies", "PasswordPolicy", "RequireLowercase"], null)}} if not compliant
