# METADATA
# title: Logs of containers leave the host
# description: Logs in files of the container are gone with it, and root can change them.
# custom:
#   id: host.container.docker_remote_logs
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.13"]
#   attack: [T1070.002]
#   remediation:
#     text: Set "log-driver" to journald or to a collector.
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"log-driver\"]=\"journald\";json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_remote_logs

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

driver := object.get(docker, "log-driver", "json-file")

away := {"syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "gcplogs", "etwlogs", "logentries"}

compliant if driver in away

deny contains {"message": sprintf("log-driver is %s, which stays on this host", [driver]), "evidence": {"found": driver}} if driver in {"json-file", "local", "none"}
