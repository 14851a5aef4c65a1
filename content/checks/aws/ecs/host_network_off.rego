# METADATA
# title: Task definition does not use the host's network
# description: >-
#   Such a container reaches what listens on the host's loopback and the instance's metadata, past any security
#   group of its own.
# custom:
#   id: aws.ecs.host_network_off
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: medium
#   attack: [T1611]
#   remediation:
#     text: >-
#       Use `awsvpc`.
package casemate.aws.ecs.host_network_off

configuration := input.facets.configuration

mode := object.get(configuration, "networkMode", "default")

compliant if {
	is_string(configuration.taskDefinitionArn)
	mode in {"default", "awsvpc", "bridge", "none"}
}

deny contains {"message": "networkMode is host", "evidence": {"networkMode": mode}} if mode == "host"
