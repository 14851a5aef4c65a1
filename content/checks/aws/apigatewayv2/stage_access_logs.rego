# METADATA
# title: Stage of an HTTP or WebSocket API writes access logs
# description: >-
#   The log says who called what and what he got.
# custom:
#   id: aws.apigatewayv2.stage_access_logs
#   kind: aws.apigatewayv2.stage
#   area: logging
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Set a log group and a format for access logs.
package casemate.aws.apigatewayv2.stage_access_logs

configuration := input.facets.configuration

place := object.get(configuration, ["accessLogSettings", "destinationArn"], "")

compliant if startswith(place, "arn:")

deny contains {"message": "calls are not logged", "evidence": {"destinationArn": place}} if not compliant
