# METADATA
# title: A root service is confined in some way
# description: >-
#   systemd can take away from a service what it does not need; a service with none of it has all of the machine.
# custom:
#   id: host.unit.sandboxed
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R65]
#   attack: [T1068]
#   remediation:
#     text: Add NoNewPrivileges=yes, ProtectSystem=strict, PrivateTmp=yes and what else `systemd-analyze security` names, in a drop-in.
package casemate.host.unit.sandboxed

service := input.facets.service

root if {
	service.user == null
	service.dynamic_user == false
}

root if {
	service.user in {"root", "0"}
	service.dynamic_user == false
}

# What confines, whatever its value unless that is off.
confining := {
	"nonewprivileges", "protectsystem", "protecthome", "privatetmp", "privatedevices", "privatenetwork", "protectkernelmodules",
	"protectkerneltunables", "protectcontrolgroups", "capabilityboundingset", "systemcallfilter", "restrictaddressfamilies",
	"restrictnamespaces", "memorydenywriteexecute", "readonlypaths", "rootdirectory", "rootimage",
}

used := [key |
	some key, value in service.sandbox
	key in confining
	not lower(value) in {"no", "false", "off", "0", ""}
] if is_object(service.sandbox)

applies if root

compliant if count(used) > 0

deny contains {"message": "runs as root without any confinement", "evidence": {"file": service.file}} if {
	root
	count(used) == 0
}
