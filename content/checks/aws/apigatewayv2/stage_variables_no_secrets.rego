# METADATA
# title: Variables of an HTTP or WebSocket API stage hold no secrets
# description: >-
#   Stage variables are shown to everybody who may read the API, and go into logs.
# custom:
#   id: aws.apigatewayv2.stage_variables_no_secrets
#   kind: aws.apigatewayv2.stage
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Keep the secret in Secrets Manager, let the backend fetch it, and replace it: it was seen.
package casemate.aws.apigatewayv2.stage_variables_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

variables := object.get(configuration, "stageVariables", {})

bad contains name if {
	some name, value in variables
	environment.secretish(name)
	environment.plain(value)
}

bad contains name if {
	some name, value in variables
	count(value.detected) > 0
}

compliant if {
	is_string(configuration.stageName)
	every _, value in variables {
		environment.judged(value)
		is_array(value.detected)
	}
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds a secret", [name]), "evidence": {"variable": name}} if some name in bad
