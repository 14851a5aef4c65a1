# METADATA
# title: No variable of a task definition holds a secret in the clear
# description: >-
#   Task definitions are kept for ever and shown to everybody who may read them, each revision with its variables.
# custom:
#   id: aws.ecs.no_plaintext_secrets
#   kind: aws.ecs.task_definition
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["ECS.8"]
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Hand the value over by `secrets` from Secrets Manager or Parameter Store, deregister the old revisions,
#       and replace the secret.
package casemate.aws.ecs.no_plaintext_secrets

import data.casemate.lib.aws.environment

containers := input.facets.configuration.containerDefinitions

bad := [{"container": container.name, "variable": variable.name} |
	some container in containers
	some variable in object.get(container, "environment", [])
	environment.secretish(variable.name)
	environment.plain(variable.value)
]

judged if {
	every container in containers {
		every variable in object.get(container, "environment", []) { environment.judged(variable.value) }
	}
}

compliant if {
	count(containers) > 0
	judged
	count(bad) == 0
}

deny contains {"message": sprintf("the variable %s of container %s holds a value", [one.variable, one.container]), "evidence": one} if {
	some one in bad
}
