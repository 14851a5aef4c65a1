# METADATA
# title: Stage of an HTTP or WebSocket API has a limit of its own
# description: >-
#   Without one a flood of calls uses up the limit of the whole account, and every other API with it.
# custom:
#   id: aws.apigatewayv2.stage_throttled
#   kind: aws.apigatewayv2.stage
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.6", "A.8.14"]
#     nist_800_53_r5: ["SC-5(2)", "SC-5(a)", "SC-5(b)", "SC-6"]
#   remediation:
#     text: >-
#       Set rate and burst limits for the stage.
package casemate.aws.apigatewayv2.stage_throttled

configuration := input.facets.configuration

rate := object.get(configuration, ["defaultRouteSettings", "throttlingRateLimit"], 0)

compliant if rate > 0

deny contains {"message": "the stage has no limit of its own", "evidence": {"throttlingRateLimit": rate}} if not compliant
