# METADATA
# title: Users cannot switch the screen lock off
# description: A lock that each user may undo is no rule.
# custom:
#   id: host.gdm.idle_lock_fixed
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.7.5"]
#   remediation:
#     text: Name the three keys in /etc/dconf/db/local.d/locks.
#     command: "mkdir -p /etc/dconf/db/local.d/locks && printf '%s\\n' /org/gnome/desktop/session/idle-delay /org/gnome/desktop/screensaver/lock-delay /org/gnome/desktop/screensaver/lock-enabled > /etc/dconf/db/local.d/locks/60-casemate-lock && dconf update"
package casemate.host.gdm.idle_lock_fixed

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

wanted := [
	"org/gnome/desktop/session/idle-delay",
	"org/gnome/desktop/screensaver/lock-delay",
	"org/gnome/desktop/screensaver/lock-enabled",
]

locks := {trim(path, "/") | some path in facts.dconf_locks} if is_array(facts.dconf_locks)

missing := [key | some key in wanted; not key in locks] if is_set(locks)

compliant if count(missing) == 0

deny contains {"message": sprintf("users may change %s", [key]), "evidence": {"key": key}} if some key in missing
