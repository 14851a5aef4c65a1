# METADATA
# title: Docker publishes ports without its own proxy
# description: >-
#   The proxy hides the client's address from logs and filters, and is one more process as root for each port.
# custom:
#   id: host.container.docker_userland_proxy
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.16"]
#   remediation:
#     text: "Set \"userland-proxy\": false."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"userland-proxy\"]=False;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_userland_proxy

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "userland-proxy", true)

compliant if container.is_false(value)

deny contains {"message": "userland-proxy is true; wanted false", "evidence": {"key": "userland-proxy", "found": object.get(docker, "userland-proxy", null)}} if container.is_true(value)
