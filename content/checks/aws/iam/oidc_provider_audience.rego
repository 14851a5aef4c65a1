# METADATA
# title: OpenID Connect provider names the audiences whose tokens it takes
# description: >-
#   Without audiences of its own the provider takes tokens that were made for any other service.
# custom:
#   id: aws.iam.oidc_provider_audience
#   kind: aws.iam.oidc_provider
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.19"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3", "8.2.7"]
#   remediation:
#     text: >-
#       Add the client ids of those who may use it, such as `sts.amazonaws.com`.
#     command: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ARN --client-id ID
package casemate.aws.iam.oidc_provider_audience

ids := input.facets.configuration.ClientIDList

compliant if count(ids) > 0

deny contains {"message": "it names no audience", "evidence": input.facets.configuration} if {
	input.facets.configuration.Url
	count(object.get(input.facets.configuration, "ClientIDList", [])) == 0
}
