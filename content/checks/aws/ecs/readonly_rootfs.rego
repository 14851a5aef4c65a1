# METADATA
# title: Containers of a task definition cannot write to their root file system
# description: >-
#   What an attacker brings has nowhere to stay, and programs cannot be replaced.
# custom:
#   id: aws.ecs.readonly_rootfs
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECS.5"]
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "SI-7(a)"]
#   remediation:
#     text: >-
#       Set `readonlyRootFilesystem`, and mount a volume where the program must write.
package casemate.aws.ecs.readonly_rootfs

containers := input.facets.configuration.containerDefinitions

bad := [container | some container in containers; not container.readonlyRootFilesystem == true]

compliant if {
	count(containers) > 0
	every container in containers { is_string(container.name) }
	count(bad) == 0
}

deny contains {"message": sprintf("container %s may write to its root file system", [container.name]), "evidence": {"container": container.name}} if some container in bad
