# METADATA
# title: Task definition mounts no sensitive paths of its host
# description: >-
#   The socket of the container engine is root on the host by another name, and so is a write to /etc or to the
#   engine's files.
# custom:
#   id: aws.ecs.no_host_paths
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
#   attack: [T1611]
#   remediation:
#     text: >-
#       Use a volume of EFS or the task's own storage; agents that need a path may be exempted.
package casemate.aws.ecs.no_host_paths

configuration := input.facets.configuration

sensitive := {"/", "/etc", "/root", "/proc", "/sys", "/dev", "/boot", "/home", "/usr", "/bin", "/sbin", "/lib"}

engine := `^/((var/)?run/(docker|containerd|crio)|var/lib/(docker|containerd|kubelet|ecs)|etc/ecs)(/|\.sock|$)`

bad := [volume |
	some volume in object.get(configuration, "volumes", [])
	leads(volume.host.sourcePath)
]

plain(path) := trim_suffix(regex.replace(path, `/+`, "/"), "/")

leads(path) if plain(path) in sensitive

# `/` itself, its slash taken off.
leads(path) if {
	path != ""
	plain(path) == ""
}

leads(path) if startswith(plain(path), "/etc/")

leads(path) if regex.match(engine, plain(path))

compliant if {
	is_string(configuration.taskDefinitionArn)
	count(bad) == 0
}

deny contains {"message": sprintf("the host's %s is mounted as %s", [volume.host.sourcePath, volume.name]), "evidence": volume} if {
	some volume in bad
}
