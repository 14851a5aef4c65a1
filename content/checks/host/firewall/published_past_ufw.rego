# METADATA
# title: Containers do not open ports behind ufw's back
# description: "Docker writes its own rules on the forward hook: a published port is open, whatever ufw says about it."
# custom:
#   id: host.firewall.published_past_ufw
#   kind: host
#   area: network
#   needs: [firewall_config, packages, listeners]
#   severity: medium
#   attack: [T1562.004, T1190]
#   remediation:
#     text: Publish with an address (`-p 127.0.0.1:8080:80`), or filter in the chain DOCKER-USER.
package casemate.host.firewall.published_past_ufw

import data.casemate.lib.listener

installed := input.facets.packages.installed

engine if {
	some name in ["docker-ce", "docker.io"]
	installed[name]
}

applies if {
	input.facets.firewall_config.ufw.enabled == true
	engine
}

sockets := input.facets.listeners.sockets

published := [socket |
	some socket in sockets
	socket.reach != "loopback"
	socket.process == "docker-proxy"
] if {
	is_array(sockets)
	is_object(installed)
}

compliant if count(published) == 0

deny contains {"message": sprintf("%s is published past ufw", [listener.show(socket)]), "evidence": listener.evidence(socket)} if some socket in published
