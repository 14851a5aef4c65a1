# METADATA
# title: A password given to sudo counts for one terminal
# description: With one ticket for all terminals, a process in another session of the user need only wait for the next
#   sudo.
# custom:
#   id: host.sudo.timestamp_type
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   attack: [T1548.003]
#   remediation:
#     text: Remove timestamp_type=global and !tty_tickets.
package casemate.host.sudo.timestamp_type

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

wide contains {"timestamp_type": value} if {
	value := input.facets.sudoers.effective.timestamp_type
	value in {"global"}
}

wide contains {"tty_tickets": "false"} if input.facets.sudoers.effective.tty_tickets == "false"

wide contains {"scope": entry.scope, "value": entry.value} if {
	some entry in input.facets.sudoers.defaults
	entry.scope != ""
	entry.name == "timestamp_type"
	entry.value == "global"
}

compliant if {
	input.facets.sudoers.effective
	is_array(input.facets.sudoers.defaults)
	count(wide) == 0
}

deny contains {"message": "one password counts for all terminals of a user", "evidence": one} if {
	some one in wide
}
