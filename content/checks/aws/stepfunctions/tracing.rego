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
#   remediation:
#     text: >-
#       Turn on tracing, and let the role write to X-Ray.
#     command: aws stepfunctions update-state-machine --state-machine-arn ARN --tracing-configuration enabled=true
package casemate.aws.stepfunctions.tracing

configuration := input.facets.configuration

on := object.get(configuration, ["tracingConfiguration", "enabled"], false)

compliant if on == true

deny contains {"message": "tracing is off", "evidence": {"enabled": on}} if not compliant
