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
#   frameworks:
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
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
