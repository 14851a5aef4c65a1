# METADATA
# title: sudo does not look for commands in the current directory
# description: A file called ls in a directory of somebody else would run as root.
# custom:
#   id: host.sudo.ignore_dot
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R39], ssg: [sudo_add_ignore_dot]}
#   attack: [T1574.007]
#   remediation:
#     text: Add `Defaults ignore_dot`.
#     command: printf 'Defaults ignore_dot\n' > /etc/sudoers.d/casemate-ignore-dot && chmod 440 /etc/sudoers.d/casemate-ignore-dot && visudo -c
package casemate.host.sudo.ignore_dot

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

compliant if sudo.on_everywhere("ignore_dot")

deny contains {
	"message": "ignore_dot is not on",
	"evidence": {"ignore_dot": object.get(input.facets.sudoers.effective, "ignore_dot", "not set")},
} if {
	input.facets.sudoers.effective
	not sudo.on("ignore_dot")
}

deny contains {
	"message": sprintf("ignore_dot is off for %s (%s)", [entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in sudo.scoped("ignore_dot", "false")
}
