# METADATA
# title: Stage of a WebSocket API does not log what callers send
# description: >-
#   Data tracing writes whole messages into the log, with all that is secret in them.
# custom:
#   id: aws.apigatewayv2.stage_data_trace_off
#   kind: aws.apigatewayv2.stage
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Turn off data tracing.
package casemate.aws.apigatewayv2.stage_data_trace_off

configuration := input.facets.configuration

bad contains "all routes" if configuration.defaultRouteSettings.dataTraceEnabled == true

bad contains route if {
	some route, one in configuration.routeSettings
	one.dataTraceEnabled == true
}

compliant if {
	is_string(configuration.stageName)
	count(bad) == 0
}

deny contains {"message": sprintf("messages of %s are logged whole", [route]), "evidence": {"route": route}} if some route in bad
