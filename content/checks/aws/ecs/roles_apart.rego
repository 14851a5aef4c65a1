# METADATA
# title: Tasks and their agent have roles of their own
# description: >-
#   The execution role may pull images and read the secrets that are handed over; with the same role the program
#   may too.
# custom:
#   id: aws.ecs.roles_apart
#   kind: aws.ecs.task_definition
#   area: identity
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Make a task role with what the program needs, and leave the rest to the execution role.
package casemate.aws.ecs.roles_apart

configuration := input.facets.configuration

applies if is_string(configuration.taskRoleArn)

applies if not is_string(configuration.taskDefinitionArn)

compliant if {
	is_string(configuration.taskRoleArn)
	configuration.taskRoleArn != object.get(configuration, "executionRoleArn", "")
}

deny contains {"message": "the task and its agent have the same role", "evidence": {"role": configuration.taskRoleArn}} if {
	configuration.taskRoleArn == configuration.executionRoleArn
}
