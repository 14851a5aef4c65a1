# METADATA
# title: Containers of a task definition are logged
# description: >-
#   Without a log driver the output of a container ends with it.
# custom:
#   id: aws.ecs.task_logging
#   kind: aws.ecs.task_definition
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECS.9"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Set `logConfiguration`, `awslogs` for instance.
package casemate.aws.ecs.task_logging

containers := input.facets.configuration.containerDefinitions

bad := [container | some container in containers; not is_string(container.logConfiguration.logDriver)]

compliant if {
	count(containers) > 0
	every container in containers { is_string(container.name) }
	count(bad) == 0
}

deny contains {"message": sprintf("container %s has no log driver", [container.name]), "evidence": {"container": container.name}} if some container in bad
