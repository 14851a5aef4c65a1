# METADATA
# title: Commands run by sudo cannot start others
# description: A pager or editor that cannot start a shell gives its user no more than what was granted.
# custom:
#   id: host.sudo.noexec
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R39], ssg: [sudo_add_noexec]}
#   attack: [T1548.003]
#   remediation:
#     text: Add `Defaults noexec`, and the tag EXEC to the commands that must start others.
#     command: printf 'Defaults noexec\n' > /etc/sudoers.d/casemate-noexec && chmod 440 /etc/sudoers.d/casemate-noexec && visudo -c
package casemate.host.sudo.noexec

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

compliant if sudo.on_everywhere("noexec")

deny contains {
	"message": "noexec is not on",
	"evidence": {"noexec": object.get(input.facets.sudoers.effective, "noexec", "not set")},
} if {
	input.facets.sudoers.effective
	not sudo.on("noexec")
}

deny contains {
	"message": sprintf("noexec is off for %s (%s)", [entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in sudo.scoped("noexec", "false")
}
