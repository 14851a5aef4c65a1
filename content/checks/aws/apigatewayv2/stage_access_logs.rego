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
#   frameworks:
#     aws_fsbp: ["APIGateway.9"]
#     cis_aws_7.0: ["4.10"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Set a log group and a format for access logs.
package casemate.aws.apigatewayv2.stage_access_logs

configuration := input.facets.configuration

place := object.get(configuration, ["accessLogSettings", "destinationArn"], "")

compliant if startswith(place, "arn:")

deny contains {"message": "calls are not logged", "evidence": {"destinationArn": place}} if not compliant
