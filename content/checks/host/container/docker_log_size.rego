# METADATA
# title: Logs of containers have a limit
# description: json-file grows without end by default, until the disk is full.
# custom:
#   id: host.container.docker_log_size
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   attack: [T1499]
#   remediation:
#     text: "Set \"log-opts\": {\"max-size\": \"10m\", \"max-file\": \"3\"}."
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"log-opts\"]={\"max-size\":\"10m\",\"max-file\":\"3\"};json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_log_size

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

driver := object.get(docker, "log-driver", "json-file")

options := object.get(docker, "log-opts", {})

limited if options["max-size"]

# The others rotate by themselves, or keep nothing here.
compliant if {
	driver != "json-file"
	is_string(driver)
}

compliant if {
	driver == "json-file"
	limited
}

deny contains {"message": "json-file has no max-size", "evidence": {"found": options}} if {
	driver == "json-file"
	is_object(options)
	not limited
}
