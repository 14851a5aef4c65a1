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
#   frameworks:
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
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
