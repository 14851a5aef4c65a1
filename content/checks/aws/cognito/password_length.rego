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
