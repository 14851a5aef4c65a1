# METADATA
# title: Lambda function is traced
# description: >-
#   Traces show what a function called and how long it took, which is what one asks first after an incident.
# custom:
#   id: aws.lambda.tracing
#   kind: aws.lambda.function
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#     pci_dss_4.0: ["10.4.2"]
#   remediation:
#     text: >-
#       Set active tracing, and let the role write to X-Ray.
#     command: aws lambda update-function-configuration --function-name NAME --tracing-config Mode=Active
package casemate.aws.lambda.tracing

configuration := input.facets.configuration

mode := object.get(configuration, ["TracingConfig", "Mode"], "none")

compliant if mode == "Active"

deny contains {"message": sprintf("the mode of tracing is %s; wanted Active", [mode]), "evidence": {"Mode": mode}} if not compliant
