# METADATA
# title: A service runs as a user that is meant for it
# description: "`nobody` is shared: two services that run as it can read and stop each other."
# custom:
#   id: host.unit.user_exists
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R35]
#   remediation:
#     text: Make a system user for the service, or set DynamicUser=yes.
package casemate.host.unit.user_exists

service := input.facets.service

applies if is_string(service.user)

shared := {"nobody", "65534", "daemon"}

compliant if {
	is_string(service.user)
	not service.user in shared
}

deny contains {"message": sprintf("runs as %s, which others use too", [service.user]), "evidence": {"file": service.file, "user": service.user}} if service.user in shared
