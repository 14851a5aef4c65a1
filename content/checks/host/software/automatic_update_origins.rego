# METADATA
# title: Automatic updates include the security suite
# description: >-
#   unattended-upgrades takes only the origins that it is given, and an edited list may have lost the one that
#   matters.
# custom:
#   id: host.software.automatic_update_origins
#   kind: host
#   area: software
#   needs: [automatic_updates, packages]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R61]
#     ssg: [dnf-automatic_security_updates_only]
#   remediation:
#     text: Put the security origin back into /etc/apt/apt.conf.d/50unattended-upgrades.
package casemate.host.software.automatic_update_origins

origins := input.facets.automatic_updates.origins

installed := input.facets.packages.installed

# Whether it should be installed is another check.
applies if not absent

absent if {
	all := installed
	not all["unattended-upgrades"]
}

security := [origin | some origin in origins; contains(lower(origin), "security")]

compliant if {
	installed["unattended-upgrades"]
	count(security) > 0
}

deny contains {"message": "no origin of unattended-upgrades names the security suite", "evidence": {"origins": origins}} if {
	installed["unattended-upgrades"]
	is_array(origins)
	count(security) == 0
}
