# METADATA
# title: Variables of a CodeBuild project hold no secrets in the clear
# description: >-
#   Variables are shown to everybody who may read the project or one of its builds.
# custom:
#   id: aws.codebuild.env_no_secrets
#   kind: aws.codebuild.project
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Set the type to SECRETS_MANAGER or PARAMETER_STORE, and replace the secret: it was seen.
package casemate.aws.codebuild.env_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

variables := object.get(configuration, ["environment", "environmentVariables"], [])

# The other types name a parameter or secret.
plain := [variable | some variable in variables; object.get(variable, "type", "PLAINTEXT") == "PLAINTEXT"]

bad contains variable.name if {
	some variable in plain
	environment.secretish(variable.name)
	environment.plain(variable.value)
}

compliant if {
	is_string(configuration.name)
	is_object(configuration.environment)
	every variable in plain { environment.judged(variable.value) }
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds a value", [name]), "evidence": {"variable": name}} if some name in bad
