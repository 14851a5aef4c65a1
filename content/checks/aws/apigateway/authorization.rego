# METADATA
# title: Methods of a REST API ask who calls
# description: >-
#   A method without an authorizer, signature or key runs what stands behind it for anybody on the internet.
#   OPTIONS is counted too.
# custom:
#   id: aws.apigateway.authorization
#   kind: aws.apigateway.rest_api
#   area: network
#   needs: [resources, methods]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.5"]
#     nist_800_53_r5: ["AC-3"]
#     pci_dss_4.0: ["7.3.1", "7.3.3"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Set an authorizer, IAM, or at least an API key with a usage plan.
package casemate.aws.apigateway.authorization

methods := input.facets.methods.items

listed := [verb |
	some resource in input.facets.resources.items
	some verb, _ in object.get(resource, "resourceMethods", {})
]

open := [method |
	some method in methods
	method.authorizationType == "NONE"
	not method.apiKeyRequired == true
]

compliant if {
	is_array(input.facets.resources.items)

	# Every method that is listed was read.
	count(methods) == count(listed)
	every method in methods { guarded(method) }
}

guarded(method) if method.authorizationType in {"AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"}

guarded(method) if method.apiKeyRequired == true

deny contains {
	"message": sprintf("%s %s asks nobody who he is", [method.httpMethod, method.path]),
	"evidence": {"method": method.httpMethod, "path": method.path, "integration": object.get(method, "integrationType", "none")},
} if {
	some method in open
}
