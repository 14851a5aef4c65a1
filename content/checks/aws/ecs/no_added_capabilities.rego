# METADATA
# title: Containers of a task definition get no dangerous capabilities
# description: >-
#   With one of these a container loads modules, reads raw disks, debugs other processes or forges traffic.
# custom:
#   id: aws.ecs.no_added_capabilities
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
#       Take them out; drop ALL and add back the single one that is needed.
package casemate.aws.ecs.no_added_capabilities

containers := input.facets.configuration.containerDefinitions

leading := {
	"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "SYS_TIME", "DAC_READ_SEARCH", "NET_ADMIN",
	"NET_RAW", "BPF", "PERFMON", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "SYSLOG",
}

dangerous(container) := [name |
	some added in object.get(container, ["linuxParameters", "capabilities", "add"], [])
	name := trim_prefix(upper(added), "CAP_")
	name in leading
]

bad := [container | some container in containers; count(dangerous(container)) > 0]

compliant if {
	count(containers) > 0
	every container in containers { is_string(container.name) }
	count(bad) == 0
}

deny contains {"message": sprintf("container %s gets capabilities that lead to the host", [container.name]), "evidence": {"container": container.name}} if some container in bad
