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
#   frameworks:
#     iso_27001_2022: ["A.5.16", "A.8.5"]
#     nist_800_53_r5: ["AC-3", "IA-2"]
#     pci_dss_4.0: ["7.3.1", "8.2.1"]
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
