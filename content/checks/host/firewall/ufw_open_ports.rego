# METADATA
# title: ufw has a rule for each port that waits
# description: A service without a rule is either cut off by mistake, or was never meant to be there.
# custom:
#   id: host.firewall.ufw_open_ports
#   kind: host
#   area: network
#   needs: [firewall_config, listeners]
#   severity: low
#   frameworks:
#     cis_debian_12: ["4.2.6"]
#     ssg: [ufw_rules_for_open_ports]
#   attack: [T1046]
#   remediation:
#     text: Add a rule for the service (`ufw allow PORT/tcp`), or stop it.
package casemate.host.firewall.ufw_open_ports

import data.casemate.lib.listener

ufw := input.facets.firewall_config.ufw

applies if ufw.enabled == true

# `22/tcp allow`, `53 allow` for both transports, `6000:6007/tcp allow`.
ruled(socket) if {
	some rule in ufw.rules
	words := split(rule, " ")
	parts := split(words[0], "/")
	transport_fits(parts, socket)
	port_fits(parts[0], socket.port)
}

transport_fits(parts, _) if count(parts) == 1

transport_fits(parts, socket) if {
	count(parts) > 1
	parts[1] in {"any", listener.transport_of(socket)}
}

port_fits(text, port) if {
	some one in split(text, ",")
	one == sprintf("%d", [port])
}

port_fits(text, port) if {
	some one in split(text, ",")
	ends := split(one, ":")
	count(ends) == 2
	to_number(ends[0]) <= port
	to_number(ends[1]) >= port
}

sockets := input.facets.listeners.sockets

bare := [socket |
	some socket in sockets
	socket.reach != "loopback"
	not ruled(socket)
] if {
	is_array(sockets)
	is_array(ufw.rules)
}

compliant if count(bare) == 0

deny contains {"message": sprintf("no rule of ufw names %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if some socket in bare
