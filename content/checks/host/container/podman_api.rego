# METADATA
# title: The engine's interface is not on the network
# description: "podman system service has no passwords: whoever reaches it starts what they like."
# custom:
#   id: host.container.podman_api
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: critical
#   attack: [T1610]
#   remediation:
#     text: Remove the tcp address; reach the engine through SSH.
package casemate.host.container.podman_api

import data.casemate.lib.container

config := input.facets.config

applies if config.engine in {"podman", "crio", "containerd"}

found := container.reachable(config.hosts) if is_array(config.hosts)

compliant if count(found) == 0

deny contains {"message": sprintf("the engine listens on %s", [host]), "evidence": {"host": host}} if some host in found
