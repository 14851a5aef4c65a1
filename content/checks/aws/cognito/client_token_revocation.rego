# METADATA
# title: Tokens of a Cognito client can be revoked
# description: >-
#   Without it a stolen refresh token is good until it ends.
# custom:
#   id: aws.cognito.client_token_revocation
#   kind: aws.cognito.user_pool_client
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Turn on token revocation for the client.
package casemate.aws.cognito.client_token_revocation

configuration := input.facets.configuration

compliant if configuration.EnableTokenRevocation == true

deny contains {"message": "a refresh token that was stolen cannot be revoked", "evidence": {"EnableTokenRevocation": object.get(configuration, ["EnableTokenRevocation"], null)}} if not compliant
