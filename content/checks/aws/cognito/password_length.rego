# METADATA
# title: User pool of Cognito wants long passwords
# description: >-
#   Short passwords are guessed.
# custom:
#   id: aws.cognito.password_length
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(1)(h)", "IA-5(c)"]
#     pci_dss_4.0: ["8.3.6"]
#   params:
#     length: {type: int, default: 14, description: fewest characters}
#   remediation:
#     text: >-
#       Set the minimum length to 14 or more.
package casemate.aws.cognito.password_length

configuration := input.facets.configuration

length := object.get(configuration, ["Policies", "PasswordPolicy", "MinimumLength"], 0)

compliant if length >= data.params.length

deny contains {"message": sprintf("passwords of %d characters are taken; wanted %d", [length, data.params.length]), "evidence": {"MinimumLength": length}} if not compliant
