# METADATA
# title: A service that listens cannot gain rights
# description: NoNewPrivileges closes every set-id program to the service and to whoever has broken into it.
# custom:
#   id: host.unit.no_new_privileges
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R65]
#   attack: [T1548.001]
#   params:
#     allow: {type: list, default: [/lib/systemd/system/ssh.service, /usr/lib/systemd/system/ssh.service, /usr/lib/systemd/system/sshd.service], description: unit files of services that must start set-id programs}
#   remediation:
#     text: Set NoNewPrivileges=yes in a drop-in.
package casemate.host.unit.no_new_privileges

service := input.facets.service

applies if {
	service.listens == true
	not service.file in {path | some path in data.params.allow}
}

value := lower(object.get(service.sandbox, "nonewprivileges", "no"))

# systemd implies it for a dynamic user.
good if service.dynamic_user == true

good if value in {"yes", "true", "on", "1"}

compliant if good

deny contains {"message": sprintf("NoNewPrivileges is %s; wanted yes", [value]), "evidence": {"file": service.file}} if {
	service.listens == true
	value
	not good
}
