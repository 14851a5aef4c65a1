# METADATA
# title: Docker's data directory is closed
# description: Layers and volumes hold secrets and set-id files that must not be reached from the host.
# custom:
#   id: host.container.docker_data
#   kind: host.container_engine
#   area: containers
#   needs: [config, files]
#   severity: medium
#   attack: [T1611]
#   remediation:
#     text: Set mode 710.
#     command: "chmod 710 /var/lib/docker"
package casemate.host.container.docker_data

import data.casemate.lib.container

applies if input.facets.config.engine == "docker"

facts := input.facets.files.paths["/var/lib/docker"]

# 711: passed through, not listed.
compliant if {
	facts.exists == true
	facts.uid == 0
	not container.too_open(facts, 457)
	is_number(facts.bits)
}

deny contains {"message": sprintf("/var/lib/docker has mode %s and owner %d; wanted 711 or less and root", [facts.mode, facts.uid]), "evidence": {"mode": facts.mode, "uid": facts.uid}} if {
	facts.exists == true
	facts.mode
	not compliant
}
