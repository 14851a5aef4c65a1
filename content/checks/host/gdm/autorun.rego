# METADATA
# title: The desktop starts nothing from what is plugged in
# description: Autorun turns a stick on the car park into a program on the machine.
# custom:
#   id: host.gdm.autorun
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.7.8", "1.7.9"]
#     disa_stig_ubuntu_24.04: [UBTU-24-200041]
#     ssg: [dconf_gnome_disable_autorun]
#   attack: [T1091]
#   remediation:
#     text: Set autorun-never=true, and lock it.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/local.d/locks && { [ -e /etc/dconf/profile/user ] || printf 'user-db:user\\nsystem-db:local\\n' > /etc/dconf/profile/user; } && printf '[org/gnome/desktop/media-handling]\\nautorun-never=true\\n' > /etc/dconf/db/local.d/60-casemate-autorun-never && printf '%s\\n' /org/gnome/desktop/media-handling/autorun-never > /etc/dconf/db/local.d/locks/60-casemate-autorun-never && dconf update"
package casemate.host.gdm.autorun

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

value := object.get(facts.dconf, "org/gnome/desktop/media-handling/autorun-never", "not set")

locked if {
	some path in facts.dconf_locks
	trim(path, "/") == "org/gnome/desktop/media-handling/autorun-never"
}

compliant if {
	value == "true"
	locked
}

deny contains {"message": sprintf("org/gnome/desktop/media-handling/autorun-never is %s; wanted true", [value]), "evidence": {"key": "org/gnome/desktop/media-handling/autorun-never", "found": value}} if value != "true"

deny contains {"message": "users may change org/gnome/desktop/media-handling/autorun-never", "evidence": {"key": "org/gnome/desktop/media-handling/autorun-never"}} if {
	is_array(facts.dconf_locks)
	not locked
}
