# METADATA
# title: OpenSearch Dashboards ask a directory who comes in
# description: >-
#   Behind SAML, Cognito or IAM Identity Center people sign in with their second factor, and lose access when
#   they leave.
# custom:
#   id: aws.opensearch.dashboards_sign_in
#   kind: aws.opensearch.domain
#   area: identity
#   needs: [domain]
#   severity: low
#   remediation:
#     text: >-
#       Set SAML, Cognito or IAM Identity Center for the dashboards.
package casemate.aws.opensearch.dashboards_sign_in

domain := input.facets.domain

compliant if domain.CognitoOptions.Enabled == true

compliant if domain.AdvancedSecurityOptions.SAMLOptions.Enabled == true

compliant if domain.IdentityCenterOptions.EnabledAPIAccess == true

deny contains {"message": "neither SAML nor Cognito nor IAM Identity Center is on", "evidence": {"CognitoOptions": object.get(domain, "CognitoOptions", {})}} if {
	is_string(domain.DomainName)
	not compliant
}
