# METADATA
# title: Docker's private keys are read by root alone
# description: With the server's key anybody can be the daemon.
# custom:
#   id: host.container.docker_keys
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: high
#   frameworks:
#     cis_docker_1.6: ["3.13", "3.14"]
#   attack: [T1552.004]
#   remediation:
#     text: Give the keys to root with mode 400.
package casemate.host.container.docker_keys

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if regex.match(`(key[^/]*[.]pem|[.]key)$`, path)

allowed := 256 # 400

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path | some path, facts in files; facts.uid != 0]

strange := [path | some path, facts in files; facts.gid != 0]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
	count(strange) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 400 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:root", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in array.concat(foreign, strange)
