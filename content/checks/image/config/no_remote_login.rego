# METADATA
# title: The image offers no port for remote logins
# description: >-
#   A container that is logged in to is changed by hand, and its password or key is one more secret to lose. The
#   engine has `exec` for the rare case.
# custom:
#   id: image.config.no_remote_login
#   kind: image
#   area: image
#   needs: [config]
#   severity: medium
#   attack: [T1021.004, T1133]
#   params:
#     ports: {type: list, default: [22, 23, 513, 3389, 5900], description: "ports that logins use: SSH, telnet, rlogin, RDP, VNC"}
#   remediation:
#     text: >-
#       Remove the server and its EXPOSE from the build.
package casemate.image.config.no_remote_login

config := input.facets.config

# `22/tcp` or `5900-5999/tcp`.
bounds(port) := [to_number(text) | some text in split(split(port, "/")[0], "-")] if {
	regex.match(`^[0-9]{1,5}(-[0-9]{1,5})?(/[a-z]+)?$`, port)
}

bad := [port |
	some port in config.exposed_ports
	ends := bounds(port)
	some unwanted in data.params.ports
	ends[0] <= unwanted
	unwanted <= ends[count(ends) - 1]
]

compliant if {
	is_array(config.exposed_ports)
	count(bad) == 0
	every port in config.exposed_ports { bounds(port) }
}

deny contains {"message": sprintf("port %s is exposed", [port]), "evidence": {"port": port}} if some port in bad
