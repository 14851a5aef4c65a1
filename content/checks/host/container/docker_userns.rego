# METADATA
# title: Root in a container is not root on the host
# description: With user namespaces an escape from a container ends as a user who owns nothing.
# custom:
#   id: host.container.docker_userns
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["2.9"]
#   attack: [T1611]
#   remediation:
#     text: "Set \"userns-remap\": \"default\"; images and volumes must be made anew."
package casemate.host.container.docker_userns

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "userns-remap", "")

compliant if {
	is_string(value)
	value != ""
}

deny contains {"message": "userns-remap is not set; wanted default", "evidence": {"found": value}} if value == ""
