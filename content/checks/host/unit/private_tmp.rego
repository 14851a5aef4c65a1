# METADATA
# title: A service that listens has a temporary directory of its own
# description: In a shared /tmp services read, and lead astray, each other's files.
# custom:
#   id: host.unit.private_tmp
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R55]
#   attack: [T1083]
#   remediation:
#     text: Set PrivateTmp=yes in a drop-in.
package casemate.host.unit.private_tmp

service := input.facets.service

applies if service.listens == true

value := lower(object.get(service.sandbox, "privatetmp", "no"))

good if service.dynamic_user == true

good if value in {"yes", "true", "on", "1", "disconnected"}

compliant if good

deny contains {"message": sprintf("PrivateTmp is %s; wanted yes", [value]), "evidence": {"file": service.file}} if {
	service.listens == true
	value
	not good
}
