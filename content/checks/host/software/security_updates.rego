# METADATA
# title: No security update is waiting
# description: >-
#   Each one is a hole that is public and mended, everywhere but here. The local package lists say so; a stale list
#   says nothing, see the check of its age.
# custom:
#   id: host.software.security_updates
#   kind: host
#   area: software
#   needs: [updates]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.2.2.1"]
#     anssi_bp_028: [R61]
#     ssg: [security_patches_up_to_date]
#   attack: [T1190, T1068]
#   remediation:
#     text: Install the updates, and restart what uses them.
#     command: apt-get update && apt-get upgrade -y
package casemate.host.software.security_updates

pending := input.facets.updates.pending

waiting contains name if {
	some name, update in pending
	update.security == true
}

compliant if {
	is_object(pending)
	every update in pending { update.security == false }
}

deny contains {
	"message": sprintf("%s %s has a security update to %s", [name, pending[name].installed, pending[name].candidate]),
	"evidence": {"package": name, "installed": pending[name].installed, "candidate": pending[name].candidate},
} if {
	some name in waiting
}
