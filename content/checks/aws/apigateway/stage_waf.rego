# METADATA
# title: Stage of a REST API stands behind a web ACL
# description: >-
#   A web ACL keeps floods, known bad addresses and the usual injections away from the backend.
# custom:
#   id: aws.apigateway.stage_waf
#   kind: aws.apigateway.stage
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["APIGateway.4"]
#     iso_27001_2022: ["A.8.26"]
#     nist_800_53_r5: ["SC-5(a)"]
#     pci_dss_4.0: ["6.4.1", "6.4.2"]
#   remediation:
#     text: >-
#       Associate a regional web ACL with the stage.
#     command: aws wafv2 associate-web-acl --web-acl-arn ARN --resource-arn STAGE-ARN
package casemate.aws.apigateway.stage_waf

configuration := input.facets.configuration

compliant if startswith(configuration.webAclArn, "arn:")

deny contains {"message": "no web ACL is associated", "evidence": {"webAclArn": object.get(configuration, "webAclArn", "")}} if not compliant
