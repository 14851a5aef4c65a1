# METADATA
# title: No rule forbids single commands
# description: "`ALL, !/bin/sh` stops nobody: a copy of the shell under another name is allowed."
# custom:
#   id: host.sudo.negation
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   frameworks: {anssi_bp_028: [R42], ssg: [sudoers_no_command_negation]}
#   attack: [T1548.003]
#   remediation:
#     text: List what is allowed instead of what is not.
package casemate.host.sudo.negation

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.rules
	some command in rule.commands
	startswith(command, "!")
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("the rule for %s forbids commands by name (%s)", [sudo.who(rule), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
