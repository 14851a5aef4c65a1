# METADATA
# title: No registry is used without TLS
# description: Whoever stands between can hand over another image.
# custom:
#   id: host.container.docker_insecure_registries
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["2.5"]
#   attack: [T1195.002, T1557]
#   remediation:
#     text: Give the registry a certificate, and remove it from insecure-registries.
package casemate.host.container.docker_insecure_registries

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

found := config.insecure_registries

# Docker itself trusts loopback.
bad := [registry |
	some registry in found
	not regex.match(`^(127\.[0-9]+\.[0-9]+\.[0-9]+|localhost|\[?::1\]?)(:[0-9]+)?(/[0-9]+)?$`, registry)
] if is_array(found)

compliant if count(bad) == 0

deny contains {"message": sprintf("%s is used without TLS", [registry]), "evidence": {"registry": registry}} if some registry in bad
