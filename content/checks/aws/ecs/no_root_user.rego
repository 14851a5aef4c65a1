# METADATA
# title: Containers of a task definition do not run as root
# description: >-
#   Root in a container needs one hole of the kernel to be root on the host. A user that the image itself names is
#   not seen here.
# custom:
#   id: aws.ecs.no_root_user
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECS.1"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5"]
#   attack: [T1611]
#   remediation:
#     text: >-
#       Name a user other than root in the definition.
package casemate.aws.ecs.no_root_user

containers := input.facets.configuration.containerDefinitions

root(container) if {
	# `USER[:GROUP]`
	split(object.get(container, "user", ""), ":")[0] in {"", "root", "0"}
}

bad := [container | some container in containers; root(container)]

compliant if {
	count(containers) > 0
	every container in containers { is_string(container.name) }
	count(bad) == 0
}

deny contains {"message": sprintf("container %s runs as root, or names no user", [container.name]), "evidence": {"container": container.name}} if some container in bad
