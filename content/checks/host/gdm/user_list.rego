# METADATA
# title: The graphical login does not list the users
# description: A list of names is half of each login, shown to whoever looks at the screen.
# custom:
#   id: host.gdm.user_list
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.7.3"]
#     ssg: [dconf_gnome_disable_user_list]
#   attack: [T1087.001]
#   remediation:
#     text: Set disable-user-list=true for the database gdm.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/gdm.d/locks && { [ -e /etc/dconf/profile/gdm ] || printf 'user-db:user\\nsystem-db:gdm\\nfile-db:/usr/share/gdm/greeter-dconf-defaults\\n' > /etc/dconf/profile/gdm; } && printf '[org/gnome/login-screen]\\ndisable-user-list=true\\n' > /etc/dconf/db/gdm.d/60-casemate-disable-user-list && dconf update"
package casemate.host.gdm.user_list

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

value := object.get(facts.dconf, "org/gnome/login-screen/disable-user-list", "not set")

compliant if {
	value == "true"
}

deny contains {"message": sprintf("org/gnome/login-screen/disable-user-list is %s; wanted true", [value]), "evidence": {"key": "org/gnome/login-screen/disable-user-list", "found": value}} if value != "true"
