# METADATA
# title: The desktop does not open what is plugged in
# description: Opening a folder starts thumbnailers and parsers on whatever lies there.
# custom:
#   id: host.gdm.automount_open
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.7.6", "1.7.7"]
#     disa_stig_ubuntu_24.04: [UBTU-24-200040]
#     ssg: [dconf_gnome_disable_automount_open]
#   attack: [T1091]
#   remediation:
#     text: Set automount-open=false, and lock it.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/local.d/locks && { [ -e /etc/dconf/profile/user ] || printf 'user-db:user\\nsystem-db:local\\n' > /etc/dconf/profile/user; } && printf '[org/gnome/desktop/media-handling]\\nautomount-open=false\\n' > /etc/dconf/db/local.d/60-casemate-automount-open && printf '%s\\n' /org/gnome/desktop/media-handling/automount-open > /etc/dconf/db/local.d/locks/60-casemate-automount-open && dconf update"
package casemate.host.gdm.automount_open

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

value := object.get(facts.dconf, "org/gnome/desktop/media-handling/automount-open", "not set")

locked if {
	some path in facts.dconf_locks
	trim(path, "/") == "org/gnome/desktop/media-handling/automount-open"
}

compliant if {
	value == "false"
	locked
}

deny contains {"message": sprintf("org/gnome/desktop/media-handling/automount-open is %s; wanted false", [value]), "evidence": {"key": "org/gnome/desktop/media-handling/automount-open", "found": value}} if value != "false"

deny contains {"message": "users may change org/gnome/desktop/media-handling/automount-open", "evidence": {"key": "org/gnome/desktop/media-handling/automount-open"}} if {
	is_array(facts.dconf_locks)
	not locked
}
