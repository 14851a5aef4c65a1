# METADATA
# title: No container of a task definition runs privileged
# description: >-
#   A privileged container is root on its host, and with it in all other tasks there.
# custom:
#   id: aws.ecs.no_privileged
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: high
#   frameworks:
#     aws_fsbp: ["ECS.4"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   attack: [T1611]
#   remediation:
#     text: >-
#       Take off `privileged`, and add the single capability or device that is needed.
package casemate.aws.ecs.no_privileged

containers := input.facets.configuration.containerDefinitions

bad := [container | some container in containers; container.privileged == true]

compliant if {
	count(containers) > 0
	every container in containers { is_string(container.name) }
	count(bad) == 0
}

deny contains {"message": sprintf("container %s runs privileged", [container.name]), "evidence": {"container": container.name}} if some container in bad
