# METADATA
# title: User pool of Cognito asks for a second factor
# description: >-
#   A password that was guessed or leaked opens the account by itself. Where the second factor is
#   optional, users without one have none.
# custom:
#   id: aws.cognito.mfa
#   kind: aws.cognito.user_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   attack: [T1110]
#   remediation:
#     text: >-
#       Set MFA to required, with an authenticator app.
package casemate.aws.cognito.mfa

configuration := input.facets.configuration

mode := object.get(configuration, "MfaConfiguration", "OFF")

compliant if mode == "ON"

deny contains {"message": sprintf("the second factor is %s; wanted ON", [mode]), "evidence": {"MfaConfiguration": mode}} if not compliant
