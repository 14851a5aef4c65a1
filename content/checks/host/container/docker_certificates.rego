# METADATA
# title: Docker's certificates belong to root and nobody changes them
# description: An exchanged certificate of a registry makes another one trusted.
# custom:
#   id: host.container.docker_certificates
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: medium
#   frameworks:
#     cis_docker_1.6: ["3.7", "3.8", "3.9", "3.10", "3.11", "3.12"]
#   attack: [T1611]
#   remediation:
#     text: Give the certificates to root with mode 444.
#     command: "find /etc/docker -name \"*.crt\" -o -name \"*.cert\" | xargs -r chmod 444"
package casemate.host.container.docker_certificates

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if {
	regex.match(`[.](crt|cert|pem)$`, path)
	not contains(path, "key")
}

allowed := 292 # 444

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path | some path, facts in files; facts.uid != 0]

strange := [path | some path, facts in files; facts.gid != 0]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
	count(strange) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 444 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:root", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in array.concat(foreign, strange)
