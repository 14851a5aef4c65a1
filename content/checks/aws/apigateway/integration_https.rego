# METADATA
# title: REST API talks TLS to its backends
# description: >-
#   What a caller sent by HTTPS goes on over the internet in the clear, or to whoever answers with any
#   certificate.
# custom:
#   id: aws.apigateway.integration_https
#   kind: aws.apigateway.rest_api
#   area: encryption
#   needs: [resources, methods]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Use https in the integration's address, and verify the backend's certificate.
package casemate.aws.apigateway.integration_https

methods := input.facets.methods.items

clear := [method |
	some method in methods
	startswith(lower(method.integrationUri), "http:")
	# Inside a VPC link nothing leaves the network.
	object.get(method, "connectionType", "INTERNET") == "INTERNET"
]

unverified := [method | some method in methods; method.insecure == true]

compliant if {
	is_array(input.facets.resources.items)
	is_array(methods)
	count(clear) == 0
	count(unverified) == 0
}

deny contains {"message": sprintf("%s %s goes on to its backend in the clear", [method.httpMethod, method.path]), "evidence": method} if {
	some method in clear
}

deny contains {"message": sprintf("%s %s does not verify its backend's certificate", [method.httpMethod, method.path]), "evidence": method} if {
	some method in unverified
}
