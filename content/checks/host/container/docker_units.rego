# METADATA
# title: Docker's units belong to root and are closed
# description: Whoever writes a unit of Docker runs commands as root.
# custom:
#   id: host.container.docker_units
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["3.1", "3.2", "3.3", "3.4"]
#   attack: [T1543.002]
#   remediation:
#     text: Give the units to root with mode 644.
#     command: "chown root:root /lib/systemd/system/docker.* && chmod 644 /lib/systemd/system/docker.*"
package casemate.host.container.docker_units

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if endswith(path, "/docker.service")

chosen(path) if endswith(path, "/docker.socket")

allowed := 420 # 644

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path | some path, facts in files; facts.uid != 0]

strange := [path | some path, facts in files; facts.gid != 0]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
	count(strange) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 644 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:root", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in array.concat(foreign, strange)
