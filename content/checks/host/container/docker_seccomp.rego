# METADATA
# title: Docker filters the system calls of containers
# description: The profile keeps containers from the calls that escapes are made of.
# custom:
#   id: host.container.docker_seccomp
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["2.17"]
#   attack: [T1611]
#   remediation:
#     text: "Remove \"seccomp-profile\": \"unconfined\"."
package casemate.host.container.docker_seccomp

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

profile := object.get(docker, "seccomp-profile", "builtin")

compliant if {
	is_string(profile)
	profile != "unconfined"
}

deny contains {"message": "seccomp-profile is unconfined", "evidence": {"found": profile}} if profile == "unconfined"
