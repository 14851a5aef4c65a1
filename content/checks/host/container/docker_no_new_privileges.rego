# METADATA
# title: Containers gain no rights by set-id programs
# description: A forgotten set-user-id file in an image is otherwise a way to root in the container.
# custom:
#   id: host.container.docker_no_new_privileges
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["2.14"]
#   attack: [T1548.001]
#   remediation:
#     text: "Set \"no-new-privileges\": true."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"no-new-privileges\"]=True;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_no_new_privileges

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "no-new-privileges", false)

compliant if container.is_true(value)

deny contains {"message": "no-new-privileges is false; wanted true", "evidence": {"key": "no-new-privileges", "found": object.get(docker, "no-new-privileges", null)}} if container.is_false(value)
