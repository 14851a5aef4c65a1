# METADATA
# title: Ctrl-Alt-Del does not log out or restart from the desktop
# description: Three keys on an open desk end somebody's work, or the machine.
# custom:
#   id: host.gdm.ctrl_alt_del
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-271030]
#     disa_stig_ubuntu_24.04: [UBTU-24-300025]
#     ssg: [dconf_gnome_disable_ctrlaltdel_reboot]
#   attack: [T1529]
#   remediation:
#     text: Set logout=[''] for media-keys.
#     command: "mkdir -p /etc/dconf/db/local.d && printf \"[org/gnome/settings-daemon/plugins/media-keys]\\nlogout=['']\\n\" > /etc/dconf/db/local.d/60-casemate-keys && dconf update"
package casemate.host.gdm.ctrl_alt_del

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

value := object.get(facts.dconf, "org/gnome/settings-daemon/plugins/media-keys/logout", "not set")

# An empty list of keys, in any of its spellings.
compliant if value in {"['']", "[\"\"]", "@as []", "[]"}

deny contains {"message": sprintf("the key for logging out is %s; wanted ['']", [value]), "evidence": {"found": value}} if {
	is_string(value)
	not compliant
}
