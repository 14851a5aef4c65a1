# METADATA
# title: Stage of a REST API is traced
# description: >-
#   Traces show which calls took which way, which is what one asks first after an incident.
# custom:
#   id: aws.apigateway.stage_tracing
#   kind: aws.apigateway.stage
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["APIGateway.3"]
#     iso_27001_2022: ["A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#     pci_dss_4.0: ["10.4.2"]
#   remediation:
#     text: >-
#       Turn on X-Ray for the stage.
#     command: aws apigateway update-stage --rest-api-id ID --stage-name NAME --patch-operations op=replace,path=/tracingEnabled,value=true
package casemate.aws.apigateway.stage_tracing

configuration := input.facets.configuration

on := object.get(configuration, "tracingEnabled", false)

compliant if on == true

deny contains {"message": "tracing is off", "evidence": {"tracingEnabled": on}} if not compliant
