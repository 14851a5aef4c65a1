# METADATA
# title: Routes of an HTTP or WebSocket API ask who calls
# description: >-
#   A route without an authorizer runs what stands behind it for anybody on the internet. Of a WebSocket
#   API the first route alone, `$connect`, can ask.
# custom:
#   id: aws.apigatewayv2.route_authorization
#   kind: aws.apigatewayv2.api
#   area: network
#   needs: [configuration, routes]
#   severity: high
#   frameworks:
#     aws_fsbp: ["APIGateway.8"]
#     iso_27001_2022: ["A.8.3", "A.8.5"]
#     nist_800_53_r5: ["AC-3"]
#     pci_dss_4.0: ["7.3.1", "7.3.3"]
#   attack: [T1190]
#   remediation:
#     text: >-
#       Set a JWT, Lambda or IAM authorizer on the route.
package casemate.aws.apigatewayv2.route_authorization

configuration := input.facets.configuration

routes := input.facets.routes.items

# Messages of a WebSocket follow the connection that was let in.
judged := [route |
	some route in routes
	asked(route)
]

asked(_) if configuration.protocolType == "HTTP"

asked(route) if {
	configuration.protocolType == "WEBSOCKET"
	route.routeKey == "$connect"
}

open := [route |
	some route in judged
	object.get(route, "authorizationType", "NONE") == "NONE"
	not route.apiKeyRequired == true
]

compliant if {
	configuration.protocolType in {"HTTP", "WEBSOCKET"}
	is_array(routes)
	every route in judged { guarded(route) }
}

guarded(route) if route.authorizationType in {"AWS_IAM", "CUSTOM", "JWT"}

# WebSocket APIs alone have keys.
guarded(route) if route.apiKeyRequired == true

deny contains {"message": sprintf("%s asks nobody who he is", [route.routeKey]), "evidence": {"routeKey": route.routeKey, "target": object.get(route, "target", null)}} if some route in open
