# METADATA
# title: Rules let people act as a service, not as root
# description: Most tasks need the rights of one service account; a mistake then costs that service and not the
#   machine.
# custom:
#   id: host.sudo.root_target
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: low
#   frameworks: {anssi_bp_028: [R40], ssg: [sudoers_no_root_target]}
#   attack: [T1548.003]
#   remediation:
#     text: "Name the account in the rule: `%web ALL=(www-data) …`."
package casemate.host.sudo.root_target

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.granting
	sudo.as_root(rule)
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s acts as %s (%s)", [sudo.who(rule), concat(", ", rule.run_as), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
