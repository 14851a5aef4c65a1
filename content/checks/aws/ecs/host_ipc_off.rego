# METADATA
# title: Task definition does not share the host's memory between processes
# description: >-
#   Shared memory of other tasks can be read and written.
# custom:
#   id: aws.ecs.host_ipc_off
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: medium
#   attack: [T1611]
#   remediation:
#     text: >-
#       Take off `ipcMode: host`.
package casemate.aws.ecs.host_ipc_off

configuration := input.facets.configuration

mode := object.get(configuration, "ipcMode", "default")

compliant if {
	is_string(configuration.taskDefinitionArn)
	mode in {"default", "task", "none"}
}

deny contains {"message": "ipcMode is host", "evidence": {"ipcMode": mode}} if mode == "host"
