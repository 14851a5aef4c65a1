# METADATA
# title: Identity pool of Cognito gives no credentials to strangers
# description: >-
#   Everybody on the internet who knows the id of the pool gets credentials of the role for guests,
#   without signing in.
# custom:
#   id: aws.cognito.no_guests
#   kind: aws.cognito.identity_pool
#   area: identity
#   needs: [configuration]
#   severity: high
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Turn off guest access.
package casemate.aws.cognito.no_guests

configuration := input.facets.configuration

compliant if configuration.AllowUnauthenticatedIdentities == false

deny contains {"message": "guests get credentials of AWS", "evidence": {"AllowUnauthenticatedIdentities": true}} if configuration.AllowUnauthenticatedIdentities == true
