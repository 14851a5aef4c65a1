# METADATA
# title: sudo works at a terminal only
# description: A web server or cron job that was taken over has no terminal from which to try sudo.
# custom:
#   id: host.sudo.requiretty
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R39], ssg: [sudo_add_requiretty]}
#   remediation:
#     text: Add `Defaults requiretty`; automation that uses sudo over SSH then needs a terminal.
#     command: printf 'Defaults requiretty\n' > /etc/sudoers.d/casemate-requiretty && chmod 440 /etc/sudoers.d/casemate-requiretty && visudo -c
package casemate.host.sudo.requiretty

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

compliant if sudo.on_everywhere("requiretty")

deny contains {
	"message": "requiretty is not on",
	"evidence": {"requiretty": object.get(input.facets.sudoers.effective, "requiretty", "not set")},
} if {
	input.facets.sudoers.effective
	not sudo.on("requiretty")
}

deny contains {
	"message": sprintf("requiretty is off for %s (%s)", [entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in sudo.scoped("requiretty", "false")
}
