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
#   frameworks:
#     aws_fsbp: ["ECS.1"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(21)"]
#     pci_dss_4.0: ["1.4.1"]
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
