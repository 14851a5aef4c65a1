# METADATA
# title: containerd's socket is open to root alone
# description: containerd starts whatever it is told, as root, without asking Docker.
# custom:
#   id: host.container.containerd_socket
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["3.23", "3.24"]
#   attack: [T1611]
#   remediation:
#     text: Give the socket to root with mode 660.
#     command: "chown root:root /run/containerd/containerd.sock && chmod 660 /run/containerd/containerd.sock"
package casemate.host.container.containerd_socket

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if regex.match(`^(/var)?/run/containerd/containerd[.]sock$`, path)

allowed := 432 # 660

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path | some path, facts in files; facts.uid != 0]

strange := [path | some path, facts in files; facts.gid != 0]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
	count(strange) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 660 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:root", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in array.concat(foreign, strange)
