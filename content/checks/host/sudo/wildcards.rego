# METADATA
# title: No rule has wildcards or whole directories in its commands
# description: A `*` in an argument also matches spaces and `../`, and a directory grants whatever is put into it
#   later.
# custom:
#   id: host.sudo.wildcards
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   frameworks: {anssi_bp_028: [R43]}
#   attack: [T1548.003]
#   remediation:
#     text: Write out the commands with their arguments, or call a script of root's that checks them.
package casemate.host.sudo.wildcards

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

loose(command) if regex.match(`[*?\[]`, command)

loose(command) if endswith(command, "/")

# A regular expression (sudo 1.9.10).
loose(command) if startswith(command, "^")

bad := [rule |
	some rule in sudo.granting
	some command in sudo.allowed(rule)
	loose(command)
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("the rule for %s has a wildcard or a directory (%s)", [sudo.who(rule), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
