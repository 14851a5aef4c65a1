# METADATA
# title: A service that listens is not started as root
# description: >-
#   What strangers can talk to should not be root: a hole in it would be a hole in everything. Some services give up
#   their rights by themselves; a unit that never grants them needs no such trust.
# custom:
#   id: host.unit.root_listens
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R64]
#   attack: [T1068]
#   params:
#     allow: {type: list, default: [ssh.service, sshd.service, docker.service, containerd.service, nginx.service, apache2.service, avahi-daemon.service, postfix@.service, dovecot.service, rpcbind.service, kubelet.service], description: "unit files that may start as root, since they give up their rights by themselves or need them"}
#   remediation:
#     text: Set User= or DynamicUser=yes, and AmbientCapabilities=CAP_NET_BIND_SERVICE for a low port.
package casemate.host.unit.root_listens

service := input.facets.service

root if {
	service.user == null
	service.dynamic_user == false
}

root if {
	service.user in {"root", "0"}
	service.dynamic_user == false
}

unprivileged if service.dynamic_user == true

unprivileged if {
	is_string(service.user)
	not service.user in {"root", "0"}
}

allowed := {file | some file in data.params.allow}

name := regex.replace(service.file, `^.*/`, "")

applies if not name in allowed

compliant if unprivileged

compliant if service.listens == false

deny contains {"message": "listens and is started as root", "evidence": {"file": service.file, "user": service.user}} if {
	service.listens == true
	root
}
