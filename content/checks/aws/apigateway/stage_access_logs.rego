# METADATA
# title: Stage of a REST API logs who calls
# description: >-
#   Access logs say who called what, when and from where; execution logs do not.
# custom:
#   id: aws.apigateway.stage_access_logs
#   kind: aws.apigateway.stage
#   area: logging
#   needs: [configuration]
#   severity: medium
#   remediation:
#     text: >-
#       Give the stage a log group or delivery stream and a format.
package casemate.aws.apigateway.stage_access_logs

configuration := input.facets.configuration

compliant if startswith(configuration.accessLogSettings.destinationArn, "arn:")

deny contains {"message": "no access log is written", "evidence": {"accessLogSettings": object.get(configuration, "accessLogSettings", {})}} if {
	not compliant
}
