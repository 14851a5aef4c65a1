# METADATA
# title: Users of an OpenSearch domain come from IAM or a directory
# description: >-
#   Users of its own database have passwords that nobody rotates, and stay when people leave.
# custom:
#   id: aws.opensearch.internal_users_off
#   kind: aws.opensearch.domain
#   area: identity
#   needs: [domain]
#   severity: low
#   remediation:
#     text: >-
#       Sign in by IAM, SAML or Cognito, and turn the internal database off.
package casemate.aws.opensearch.internal_users_off

options := input.facets.domain.AdvancedSecurityOptions

# Without fine-grained access control there are no users.
applies if not options.Enabled == false

compliant if {
	options.Enabled == true
	options.InternalUserDatabaseEnabled == false
}

deny contains {"message": "it has users of its own", "evidence": {"InternalUserDatabaseEnabled": true}} if options.InternalUserDatabaseEnabled == true
