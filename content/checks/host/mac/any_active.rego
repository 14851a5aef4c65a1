# METADATA
# title: Some mandatory access control is active
# description: >-
#   Permissions alone leave a service that was taken over everything its user may touch. AppArmor or SELinux leaves it
#   what it needs.
# custom:
#   id: host.mac.any_active
#   kind: host
#   area: access
#   needs: [apparmor, selinux]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R37]
#   attack: [T1068]
#   remediation:
#     text: Enable AppArmor (Debian, Ubuntu, SUSE) or SELinux (Red Hat).
package casemate.host.mac.any_active

apparmor := input.facets.apparmor

selinux := input.facets.selinux

by_apparmor if {
	apparmor.enabled == true
	is_object(apparmor.loaded)
	some mode in apparmor.loaded
	mode in {"enforce", "kill"}
}

by_selinux if selinux.running == "enforcing"

both_read if {
	is_boolean(apparmor.enabled)
	is_string(selinux.running)
}

compliant if {
	both_read
	by_apparmor
}

compliant if {
	both_read
	by_selinux
}

deny contains {"message": "neither AppArmor nor SELinux confines anything", "evidence": {"selinux": selinux.running}} if {
	both_read
	not by_apparmor
	not by_selinux
}
