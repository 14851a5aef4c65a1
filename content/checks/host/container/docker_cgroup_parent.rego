# METADATA
# title: Containers stay in Docker's own control group
# description: Another parent takes away the limits that the host has set for containers.
# custom:
#   id: host.container.docker_cgroup_parent
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.10"]
#   remediation:
#     text: Remove "cgroup-parent", or approve it.
package casemate.host.container.docker_cgroup_parent

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

parent := object.get(docker, "cgroup-parent", "")

compliant if parent in {"", "docker", "/docker", "system.slice"}

deny contains {"message": sprintf("cgroup-parent is %s", [parent]), "evidence": {"found": parent}} if {
	is_string(parent)
	not compliant
}
