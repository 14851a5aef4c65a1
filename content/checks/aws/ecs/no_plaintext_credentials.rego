# METADATA
# title: No variable of a task definition looks like a credential
# description: >-
#   Keys of clouds, tokens of services and private keys have forms of their own, whatever the variable is called.
# custom:
#   id: aws.ecs.no_plaintext_credentials
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
#       Hand the value over by `secrets`, deregister the old revisions, and replace it.
package casemate.aws.ecs.no_plaintext_credentials

containers := input.facets.configuration.containerDefinitions

bad := [{"container": container.name, "variable": variable.name, "detector": detector} |
	some container in containers
	some variable in object.get(container, "environment", [])
	some detector in variable.value.detected
]

judged if {
	every container in containers {
		every variable in object.get(container, "environment", []) { is_array(variable.value.detected) }
	}
}

compliant if {
	count(containers) > 0
	judged
	count(bad) == 0
}

deny contains {
	"message": sprintf("the variable %s of container %s holds what looks like a secret (%s)", [one.variable, one.container, one.detector]),
	"evidence": one,
} if {
	some one in bad
}
