# METADATA
# title: A plugin decides who may do what with Docker
# description: Without one, everybody who may speak to the daemon may do everything.
# custom:
#   id: host.container.docker_authorization
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.12"]
#   attack: [T1078]
#   remediation:
#     text: Set "authorization-plugins", or keep the group docker empty.
package casemate.host.container.docker_authorization

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

plugins := object.get(docker, "authorization-plugins", [])

compliant if count(plugins) > 0

deny contains {"message": "no authorization plugin is set", "evidence": {"found": plugins}} if {
	is_array(plugins)
	count(plugins) == 0
}
