# METADATA
# title: No variable of a Lambda function looks like a credential
# description: >-
#   Keys of clouds, tokens of services and private keys have forms of their own, whatever the variable is called.
# custom:
#   id: aws.lambda.env_no_credentials
#   kind: aws.lambda.function
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
#       Keep it in Secrets Manager, give the function its ARN, and replace it: it was seen.
package casemate.aws.lambda.env_no_credentials

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

variables := object.get(configuration, ["Environment", "Variables"], {})

# Lambda could not decrypt the variables: nothing is known of them.
hidden if configuration.Environment.Error


bad := [{"name": name, "detector": detector} |
	some name, value in variables
	some detector in value.detected
]

compliant if {
	is_string(configuration.FunctionArn)
	not hidden
	every _, value in variables { is_array(value.detected) }
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds what looks like a secret (%s)", [one.name, one.detector]), "evidence": one} if {
	some one in bad
}
