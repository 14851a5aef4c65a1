# METADATA
# title: Containers of the default network cannot reach one another
# description: One container that is broken into can otherwise try the ports of all the others.
# custom:
#   id: host.container.docker_icc
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["2.2"]
#   attack: [T1210]
#   remediation:
#     text: "Set \"icc\": false, and give each application a network of its own."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"icc\"]=False;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_icc

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "icc", true)

compliant if container.is_false(value)

deny contains {"message": "icc is true; wanted false", "evidence": {"key": "icc", "found": object.get(docker, "icc", null)}} if container.is_true(value)
