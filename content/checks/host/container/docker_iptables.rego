# METADATA
# title: Docker looks after its packet filter rules
# description: Without its rules, containers are not kept apart, or are open in ways nobody foresaw.
# custom:
#   id: host.container.docker_iptables
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["2.4"]
#   attack: [T1562.004]
#   remediation:
#     text: "Remove \"iptables\": false."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"iptables\"]=True;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_iptables

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "iptables", true)

compliant if container.is_true(value)

deny contains {"message": "iptables is false; wanted true", "evidence": {"key": "iptables", "found": object.get(docker, "iptables", null)}} if container.is_false(value)
