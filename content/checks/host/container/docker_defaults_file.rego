# METADATA
# title: Docker's file of defaults belongs to root and is closed
# description: The file's words become flags of the daemon.
# custom:
#   id: host.container.docker_defaults_file
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["3.19", "3.20", "3.21", "3.22"]
#   attack: [T1611]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: "chown root:root /etc/default/docker && chmod 644 /etc/default/docker"
package casemate.host.container.docker_defaults_file

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if path == "/etc/default/docker"

chosen(path) if path == "/etc/sysconfig/docker"

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
