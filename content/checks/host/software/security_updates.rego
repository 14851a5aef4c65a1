# METADATA
# title: No security update is waiting
# description: >-
#   Each one is a hole that is public and mended, everywhere but here. The local package lists say so. Where they
#   are stale, or no security suite is among the sources, that none is waiting is not known.
# custom:
#   id: host.software.security_updates
#   kind: host
#   area: software
#   needs: [updates, repositories]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.2.2.1"]
#     anssi_bp_028: [R61]
#     ssg: [security_patches_up_to_date]
#   attack: [T1190, T1068]
#   params:
#     days: {type: int, default: 7, description: most days since the lists were fetched for a pass}
#   clock: day
#   remediation:
#     text: Install the updates, and restart what uses them.
#     command: apt-get update && apt-get upgrade -y
package casemate.host.software.security_updates

pending := input.facets.updates.pending

waiting contains name if {
	some name, update in pending
	update.security == true
}

# Lists that may name a security update: fresh ones, of a security suite.
tell if {
	input.today_days - input.facets.updates.lists_day <= data.params.days
	some source in input.facets.repositories.sources
	source.kind == "deb"
	source.security == true
}

compliant if {
	is_object(pending)
	tell
	every update in pending { update.security == false }
}

deny contains {
	"message": sprintf("%s %s has a security update to %s", [name, pending[name].installed, pending[name].candidate]),
	"evidence": {"package": name, "installed": pending[name].installed, "candidate": pending[name].candidate},
} if {
	some name in waiting
}
