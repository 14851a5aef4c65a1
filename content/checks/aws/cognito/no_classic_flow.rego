# METADATA
# title: Identity pool of Cognito does not use the classic flow
# description: >-
#   In the classic flow the app names the role itself and gets credentials that no scope-down policy
#   bounds.
# custom:
#   id: aws.cognito.no_classic_flow
#   kind: aws.cognito.identity_pool
#   area: identity
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Turn off the basic (classic) flow.
package casemate.aws.cognito.no_classic_flow

configuration := input.facets.configuration

compliant if {
	is_string(configuration.IdentityPoolId)
	not configuration.AllowClassicFlow == true
}

deny contains {"message": "the classic flow is allowed", "evidence": {"AllowClassicFlow": true}} if configuration.AllowClassicFlow == true
