# METADATA
# title: HTTP API talks TLS to what stands behind it
# description: >-
#   What callers send by HTTPS goes on in the clear where the address begins with http://. What lies in a
#   VPC is left out: there the listener decides.
# custom:
#   id: aws.apigatewayv2.integration_https
#   kind: aws.apigatewayv2.api
#   area: encryption
#   needs: [configuration, integrations]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Use an https:// address.
package casemate.aws.apigatewayv2.integration_https

configuration := input.facets.configuration

integrations := input.facets.integrations.items

bad := [integration.integrationUri |
	some integration in integrations
	object.get(integration, "connectionType", "INTERNET") != "VPC_LINK"
	startswith(lower(integration.integrationUri), "http://")
]

compliant if {
	is_string(configuration.apiId)
	is_array(integrations)
	count(bad) == 0
}

deny contains {"message": sprintf("%s is asked in the clear", [uri]), "evidence": {"integrationUri": uri}} if some uri in bad
