# METADATA
# title: Task definition does not share the host's processes
# description: >-
#   A container that sees the host's processes reads their variables and, as root, their memory.
# custom:
#   id: aws.ecs.host_pid_off
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["ECS.3"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   attack: [T1611]
#   remediation:
#     text: >-
#       Take off `pidMode: host`.
package casemate.aws.ecs.host_pid_off

configuration := input.facets.configuration

mode := object.get(configuration, "pidMode", "default")

compliant if {
	is_string(configuration.taskDefinitionArn)
	mode in {"default", "task"}
}

deny contains {"message": "pidMode is host", "evidence": {"pidMode": mode}} if mode == "host"
