# METADATA
# title: Variables of a SageMaker model hold no secrets
# description: >-
#   Variables are shown to everybody who may describe the model.
# custom:
#   id: aws.sagemaker.model_no_secrets
#   kind: aws.sagemaker.model
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
#       Keep the secret in Secrets Manager, let the container fetch it, and replace it: it was seen.
package casemate.aws.sagemaker.model_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

containers := array.concat(
	[configuration.PrimaryContainer | is_object(configuration.PrimaryContainer)],
	object.get(configuration, "Containers", []),
)

variables := [{"name": name, "value": value} |
	some container in containers
	some name, value in container.Environment
]

bad contains one.name if {
	some one in variables
	environment.secretish(one.name)
	environment.plain(one.value)
}

bad contains one.name if {
	some one in variables
	count(one.value.detected) > 0
}

compliant if {
	is_string(configuration.ModelName)
	every one in variables {
		environment.judged(one.value)
		is_array(one.value.detected)
	}
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s holds a secret", [name]), "evidence": {"variable": name}} if some name in bad
