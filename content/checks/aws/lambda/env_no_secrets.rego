# METADATA
# title: Lambda function has no secrets among its variables
# description: >-
#   Variables are shown to everybody who may read the function's configuration, and end in logs and templates.
# custom:
#   id: aws.lambda.env_no_secrets
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
#       Keep the secret in Secrets Manager or Parameter Store, give the function its ARN, and replace the secret:
#       it was seen.
package casemate.aws.lambda.env_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

variables := object.get(configuration, ["Environment", "Variables"], {})

# Lambda could not decrypt the variables: nothing is known of them.
hidden if configuration.Environment.Error


bad := [name |
	some name, value in variables
	environment.secretish(name)
	environment.plain(value)
]

compliant if {
	is_string(configuration.FunctionArn)
	not hidden
	every _, value in variables { environment.judged(value) }
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds a value", [name]), "evidence": {"variable": name}} if some name in bad
