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
