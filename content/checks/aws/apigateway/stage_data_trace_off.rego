# METADATA
# title: Stage of a REST API does not log whole requests
# description: >-
#   Data tracing writes bodies, headers and tokens into the log, where many may read them.
# custom:
#   id: aws.apigateway.stage_data_trace_off
#   kind: aws.apigateway.stage
#   area: secrets
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   remediation:
#     text: >-
#       Turn data tracing off where it is not being used to find a fault.
package casemate.aws.apigateway.stage_data_trace_off

configuration := input.facets.configuration

settings := object.get(configuration, "methodSettings", {})

traced := [method | some method, setting in settings; setting.dataTraceEnabled == true]

compliant if {
	is_string(configuration.stageName)
	count(traced) == 0
}

deny contains {"message": sprintf("requests of %s are logged whole", [method]), "evidence": {"method": method}} if some method in traced
