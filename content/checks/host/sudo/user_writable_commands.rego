# METADATA
# title: No rule names a command in a directory of users
# description: Whoever owns the directory replaces the program and is root.
# custom:
#   id: host.sudo.user_writable_commands
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   attack: [T1548.003, T1574]
#   remediation:
#     text: Move the program to /usr/local/sbin with owner root.
package casemate.host.sudo.user_writable_commands

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.granting
	some command in sudo.allowed(rule)
	regex.match(`^/(home|tmp|var/tmp|dev/shm|srv/home|export/home)/`, sudo.program(command))
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s may run %s (%s)", [sudo.who(rule), concat(", ", rule.commands), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
