# METADATA
# title: Client of a Cognito user pool does not tell who is a user
# description: >-
#   The older way of answering says that a user does not exist, so that strangers find out who is one.
# custom:
#   id: aws.cognito.client_hides_users
#   kind: aws.cognito.user_pool_client
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1589]
#   remediation:
#     text: >-
#       Set `PreventUserExistenceErrors` to ENABLED.
package casemate.aws.cognito.client_hides_users

configuration := input.facets.configuration

compliant if configuration.PreventUserExistenceErrors == "ENABLED"

deny contains {"message": "errors tell whether a user exists", "evidence": {"PreventUserExistenceErrors": object.get(configuration, ["PreventUserExistenceErrors"], null)}} if not compliant
