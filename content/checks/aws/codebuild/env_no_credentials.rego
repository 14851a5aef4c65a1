# METADATA
# title: Variables of a CodeBuild project hold no credentials of AWS
# description: >-
#   Variables are shown to everybody who may read the project or one of its builds.
# custom:
#   id: aws.codebuild.env_no_credentials
#   kind: aws.codebuild.project
#   area: secrets
#   needs: [configuration]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["CodeBuild.2"]
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Give the service role what the build needs; take the key out and delete it: it was seen.
package casemate.aws.codebuild.env_no_credentials

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

variables := object.get(configuration, ["environment", "environmentVariables"], [])

# The other types name a parameter or secret.
plain := [variable | some variable in variables; object.get(variable, "type", "PLAINTEXT") == "PLAINTEXT"]

bad contains variable.name if {
	some variable in plain
	upper(variable.name) in {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
	environment.plain(variable.value)
}

bad contains variable.name if {
	some variable in plain
	count(variable.value.detected) > 0
}

compliant if {
	is_string(configuration.name)
	is_object(configuration.environment)
	every variable in plain {
		environment.judged(variable.value)
		is_array(variable.value.detected)
	}
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds a credential", [name]), "evidence": {"variable": name}} if some name in bad
