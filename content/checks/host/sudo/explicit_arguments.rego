# METADATA
# title: Rules say with which arguments a command may run
# description: A command without arguments in a rule may run with any; `""` allows none.
# custom:
#   id: host.sudo.explicit_arguments
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R43], ssg: [sudoers_explicit_command_args]}
#   attack: [T1548.003]
#   remediation:
#     text: Add the arguments to the command, or "" where it needs none.
package casemate.host.sudo.explicit_arguments

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

# A path without anything after it.
bare(command) if not regex.match(`[^ \t][ \t]+[^ \t]`, command)

bad := [rule |
	some rule in sudo.granting
	some command in sudo.allowed(rule)
	bare(command)
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("the rule for %s leaves the arguments open (%s)", [sudo.who(rule), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
