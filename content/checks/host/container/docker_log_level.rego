# METADATA
# title: Docker logs at the level info
# description: Less tells too little afterwards, and debug tells secrets.
# custom:
#   id: host.container.docker_log_level
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.3"]
#   attack: [T1562.006]
#   remediation:
#     text: "Remove \"debug\" and set \"log-level\": \"info\"."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"log-level\"]=\"info\";json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_log_level

import data.casemate.lib.container

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

level := lower(object.get(docker, "log-level", "info"))

debugging := object.get(docker, "debug", false)

loud if level == "debug"

loud if container.is_true(debugging)

compliant if {
	level == "info"
	not loud
}

deny contains {"message": sprintf("the log level is %s; wanted info", [level]), "evidence": {"found": level}} if level != "info"

deny contains {"message": "debug is true; wanted false", "evidence": {"found": debugging}} if {
	level == "info"
	container.is_true(debugging)
}
