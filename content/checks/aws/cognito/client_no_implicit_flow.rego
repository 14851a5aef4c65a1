# METADATA
# title: Client of a Cognito user pool gets no tokens by the address line
# description: >-
#   The implicit grant puts tokens into the URL, from where histories, logs and other pages read them (RFC
#   9700, section 2.1.2).
# custom:
#   id: aws.cognito.client_no_implicit_flow
#   kind: aws.cognito.user_pool_client
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   attack: [T1528]
#   remediation:
#     text: >-
#       Use the authorization code grant with PKCE.
package casemate.aws.cognito.client_no_implicit_flow

configuration := input.facets.configuration

flows := object.get(configuration, "AllowedOAuthFlows", [])

compliant if {
	is_string(configuration.ClientId)
	not "implicit" in flows
}

deny contains {"message": "the implicit grant is allowed", "evidence": {"AllowedOAuthFlows": flows}} if "implicit" in flows
