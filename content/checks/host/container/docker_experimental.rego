# METADATA
# title: Docker runs without experimental features
# description: What is still being tried out has not been looked at for holes.
# custom:
#   id: host.container.docker_experimental
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.18"]
#   remediation:
#     text: "Remove \"experimental\": true."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"experimental\"]=False;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_experimental

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "experimental", false)

compliant if container.is_false(value)

deny contains {"message": "experimental is true; wanted false", "evidence": {"key": "experimental", "found": object.get(docker, "experimental", null)}} if container.is_true(value)
