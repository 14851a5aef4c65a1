# METADATA
# title: Files are edited with sudoedit, not with an editor run as root
# description: Every editor opens other files and most start a shell; sudoedit runs it as the user on a copy.
# custom:
#   id: host.sudo.editors
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   frameworks: {anssi_bp_028: [R44]}
#   attack: [T1548.003]
#   remediation:
#     text: Grant `sudoedit /path/of/the/file` instead of the editor.
package casemate.host.sudo.editors

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.granting
	sudo.as_root(rule)
	some command in sudo.allowed(rule)
	sudo.editor(command)
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf(
		"%s edits as root with %s (%s)",
		[sudo.who(rule), concat(", ", rule.commands), sudo.place(rule)],
	),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
