# METADATA
# title: Containers have limits of files and processes
# description: A container that forks without end takes the host with it.
# custom:
#   id: host.container.docker_ulimits
#   kind: host.container_engine
#   area: containers
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker_1.6: ["2.8"]
#   attack: [T1499]
#   remediation:
#     text: Set "default-ulimits" for nofile and nproc.
#     command: "python3 -c 'import json,os;p=\"/etc/docker/daemon.json\";d=json.load(open(p)) if os.path.exists(p) else {};d[\"default-ulimits\"]={\"nofile\":{\"Name\":\"nofile\",\"Hard\":64000,\"Soft\":64000}};json.dump(d,open(p,\"w\"),indent=2)' && systemctl restart docker.service"
package casemate.host.container.docker_ulimits

config := input.facets.config

docker := config.docker

applies if config.engine == "docker"

limits := object.get(docker, "default-ulimits", {})

compliant if count(limits) > 0

deny contains {"message": "default-ulimits is not set", "evidence": {"wanted": "nofile, nproc"}} if {
	is_object(limits)
	count(limits) == 0
}
