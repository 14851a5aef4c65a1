# METADATA
# title: sudo runs commands in a terminal of their own
# description: A command left running in the background could otherwise push keystrokes into the administrator's
#   terminal.
# custom:
#   id: host.sudo.use_pty
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.2.2"], anssi_bp_028: [R39], ssg: [sudo_add_use_pty]}
#   attack: [T1548.003]
#   remediation:
#     text: Add `Defaults use_pty`.
#     command: printf 'Defaults use_pty\n' > /etc/sudoers.d/casemate-use-pty && chmod 440 /etc/sudoers.d/casemate-use-pty && visudo -c
package casemate.host.sudo.use_pty

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

compliant if sudo.on_everywhere("use_pty")

deny contains {
	"message": "use_pty is not on",
	"evidence": {"use_pty": object.get(input.facets.sudoers.effective, "use_pty", "not set")},
} if {
	input.facets.sudoers.effective
	not sudo.on("use_pty")
}

deny contains {
	"message": sprintf("use_pty is off for %s (%s)", [entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in sudo.scoped("use_pty", "false")
}
