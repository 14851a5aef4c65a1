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
#   frameworks:
#     aws_fsbp: ["APIGateway.1"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Give the stage a log group or delivery stream and a format.
package casemate.aws.apigateway.stage_access_logs

configuration := input.facets.configuration

compliant if startswith(configuration.accessLogSettings.destinationArn, "arn:")

deny contains {"message": "no access log is written", "evidence": {"accessLogSettings": object.get(configuration, "accessLogSettings", {})}} if {
	not compliant
}
