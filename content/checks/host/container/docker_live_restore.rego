# METADATA
# title: Containers survive a restart of the daemon
# description: Updates of the daemon are put off where each of them stops everything.
# custom:
#   id: host.container.docker_live_restore
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.15"]
#   remediation:
#     text: "Set \"live-restore\": true (not with swarm)."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"live-restore\"]=True;json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_live_restore

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

value := object.get(docker, "live-restore", false)

compliant if container.is_true(value)

deny contains {"message": "live-restore is false; wanted true", "evidence": {"key": "live-restore", "found": object.get(docker, "live-restore", null)}} if container.is_false(value)
