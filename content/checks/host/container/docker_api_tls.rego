# METADATA
# title: Docker's interface on the network demands certificates
# description: Whoever may speak to the daemon is root on the host.
# custom:
#   id: host.container.docker_api_tls
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: critical
#   frameworks:
#     cis_docker_1.6: ["2.7"]
#   attack: [T1610, T1611]
#   remediation:
#     text: Remove the tcp address, or set tlsverify with tlscacert, tlscert and tlskey.
package casemate.host.container.docker_api_tls

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

found := container.reachable(config.hosts)

verified if {
	container.is_true(object.get(docker, "tlsverify", false))
	object.get(docker, "tlscacert", "") != ""
}

compliant if {
	is_array(config.hosts)
	count(found) == 0
}

compliant if {
	count(found) > 0
	verified
}

deny contains {"message": sprintf("the daemon listens on %s without client certificates", [host]), "evidence": {"host": host}} if {
	some host in found
	not verified
}
