# METADATA
# title: State machine is traced
# description: >-
#   Traces show which service an execution waited for, and which call failed.
# custom:
#   id: aws.stepfunctions.tracing
#   kind: aws.stepfunctions.state_machine
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.16"]
#     nist_800_53_r5: ["CA-7", "SI-4(2)"]
#     pci_dss_4.0: ["10.4.2"]
#   remediation:
#     text: >-
#       Turn on tracing, and let the role write to X-Ray.
#     command: aws stepfunctions update-state-machine --state-machine-arn ARN --tracing-configuration enabled=true
package casemate.aws.stepfunctions.tracing

configuration := input.facets.configuration

on := object.get(configuration, ["tracingConfiguration", "enabled"], false)

compliant if on == true

deny contains {"message": "tracing is off", "evidence": {"enabled": on}} if not compliant
