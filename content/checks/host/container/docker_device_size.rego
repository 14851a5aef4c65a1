# METADATA
# title: The size of a container's disk is not raised
# description: With devicemapper, a raised base size lets one container fill the pool.
# custom:
#   id: host.container.docker_device_size
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.11"]
#   remediation:
#     text: Remove dm.basesize from storage-opts.
package casemate.host.container.docker_device_size

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

options := object.get(docker, "storage-opts", [])

bad := [option | some option in options; startswith(lower(option), "dm.basesize=")] if is_array(options)

compliant if count(bad) == 0

deny contains {"message": sprintf("%s is set", [option]), "evidence": {"found": option}} if some option in bad
