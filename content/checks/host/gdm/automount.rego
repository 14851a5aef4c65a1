# METADATA
# title: The desktop does not mount what is plugged in
# description: A stick that is mounted by itself is read by many programs before anybody has looked at it.
# custom:
#   id: host.gdm.automount
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.7.6", "1.7.7"]
#     ssg: [dconf_gnome_disable_automount]
#   attack: [T1091]
#   remediation:
#     text: Set automount=false, and lock it.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/local.d/locks && { [ -e /etc/dconf/profile/user ] || printf 'user-db:user\\nsystem-db:local\\n' > /etc/dconf/profile/user; } && printf '[org/gnome/desktop/media-handling]\\nautomount=false\\n' > /etc/dconf/db/local.d/60-casemate-automount && printf '%s\\n' /org/gnome/desktop/media-handling/automount > /etc/dconf/db/local.d/locks/60-casemate-automount && dconf update"
package casemate.host.gdm.automount

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

value := object.get(facts.dconf, "org/gnome/desktop/media-handling/automount", "not set")

locked if {
	some path in facts.dconf_locks
	trim(path, "/") == "org/gnome/desktop/media-handling/automount"
}

compliant if {
	value == "false"
	locked
}

deny contains {"message": sprintf("org/gnome/desktop/media-handling/automount is %s; wanted false", [value]), "evidence": {"key": "org/gnome/desktop/media-handling/automount", "found": value}} if value != "false"

deny contains {"message": "users may change org/gnome/desktop/media-handling/automount", "evidence": {"key": "org/gnome/desktop/media-handling/automount"}} if {
	is_array(facts.dconf_locks)
	not locked
}
