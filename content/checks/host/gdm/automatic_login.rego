# METADATA
# title: Nobody is logged in without a password
# description: With automatic login, whoever switches the machine on is that user.
# custom:
#   id: host.gdm.automatic_login
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: high
#   attack: [T1078.003]
#   remediation:
#     text: Remove AutomaticLoginEnable and TimedLoginEnable (GDM) or autologin-user (LightDM).
#     command: "sed -i -E 's/^[[:space:]]*(AutomaticLoginEnable|TimedLoginEnable)[[:space:]]*=.*/\\1=false/' /etc/gdm3/custom.conf /etc/gdm3/daemon.conf 2>/dev/null || true"
package casemate.host.gdm.automatic_login

facts := input.facets.display_manager

applies if count(facts.installed) > 0

compliant if {
	count(facts.installed) > 0
	facts.automatic_login == false
}

deny contains {"message": "automatic or timed login is on", "evidence": {"installed": facts.installed}} if facts.automatic_login == true
