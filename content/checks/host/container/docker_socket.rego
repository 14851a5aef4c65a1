# METADATA
# title: Docker's socket is open to root and its group alone
# description: Whoever may write to the socket is root on the host.
# custom:
#   id: host.container.docker_socket
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: critical
#   frameworks:
#     cis_docker_1.6: ["3.15", "3.16"]
#   attack: [T1611]
#   remediation:
#     text: Give the socket to root:docker with mode 660.
#     command: "chown root:docker /run/docker.sock && chmod 660 /run/docker.sock"
package casemate.host.container.docker_socket

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if regex.match(`^(/var)?/run/docker[.]sock$`, path)

allowed := 432 # 660

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path | some path, facts in files; facts.uid != 0]

# `docker` may own the group, which is how its members get in.
strange := [path | some path, facts in files; not facts.group in {"root", "docker"}]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
	count(strange) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 660 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:docker", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in array.concat(foreign, strange)
