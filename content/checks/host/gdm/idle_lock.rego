# METADATA
# title: The screen locks when nobody is there
# description: An open session on an empty chair is an invitation.
# custom:
#   id: host.gdm.idle_lock
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["1.7.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-271020, UBTU-22-271025]
#     disa_stig_ubuntu_24.04: [UBTU-24-200020]
#     ssg:
#       - dconf_gnome_screensaver_idle_delay
#       - dconf_gnome_screensaver_lock_delay
#       - dconf_gnome_screensaver_lock_enabled
#   params:
#     idle: {type: int, default: 900, description: most seconds until the screen goes blank}
#     delay: {type: int, default: 5, description: most seconds from then until it locks}
#   remediation:
#     text: Set idle-delay to 900 or less, lock-delay to 5 or less, and lock-enabled.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/local.d/locks && { [ -e /etc/dconf/profile/user ] || printf 'user-db:user\\nsystem-db:local\\n' > /etc/dconf/profile/user; } && printf '[org/gnome/desktop/session]\\nidle-delay=uint32 900\\n' > /etc/dconf/db/local.d/60-casemate-idle-delay && printf '%s\\n' /org/gnome/desktop/session/idle-delay > /etc/dconf/db/local.d/locks/60-casemate-idle-delay && dconf update"
package casemate.host.gdm.idle_lock

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

uint(text) := to_number(regex.find_all_string_submatch_n(`([0-9]+)$`, text, 1)[0][1]) if regex.match(`^(uint32 )?[0-9]+$`, text)

idle_text := object.get(facts.dconf, "org/gnome/desktop/session/idle-delay", "")

delay_text := object.get(facts.dconf, "org/gnome/desktop/screensaver/lock-delay", "")

# GNOME's own defaults: 300 seconds, then at once, with the lock on.
idle := 300 if idle_text == ""

idle := uint(idle_text) if idle_text != ""

delay := 0 if delay_text == ""

delay := uint(delay_text) if delay_text != ""

lock := object.get(facts.dconf, "org/gnome/desktop/screensaver/lock-enabled", "true")

good if {
	idle > 0
	idle <= data.params.idle
	delay <= data.params.delay
	lock == "true"
}

compliant if good

deny contains {"message": sprintf("the screen goes blank after %d seconds; wanted 1 to %d", [idle, data.params.idle]), "evidence": {"idle_delay": idle}} if {
	not idle_good
	is_number(idle)
}

idle_good if {
	idle > 0
	idle <= data.params.idle
}

deny contains {"message": sprintf("it locks %d seconds later; wanted %d or less", [delay, data.params.delay]), "evidence": {"lock_delay": delay}} if delay > data.params.delay

deny contains {"message": "lock-enabled is false", "evidence": {"lock_enabled": lock}} if lock == "false"
