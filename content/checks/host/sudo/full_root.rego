# METADATA
# title: Only the groups of administrators may run everything
# description: A person with a rule of his own is overlooked when he moves on; a member of a group is not.
# custom:
#   id: host.sudo.full_root
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   frameworks: {anssi_bp_028: [R38], ssg: [sudo_dedicated_group]}
#   attack: [T1548.003]
#   params:
#     accepted: {type: list, default: [root, "%sudo", "%wheel", "%admin"], description: users and groups who may run everything as root}
#   remediation:
#     text: Replace the rule with membership in the group sudo, or with the commands that are needed.
package casemate.host.sudo.full_root

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.rules
	sudo.everything(rule)
	sudo.as_root(rule)
	some user in rule.users
	not user in data.params.accepted
	not startswith(user, "!")
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s may run everything as root (%s)", [sudo.who(rule), sudo.place(rule)]),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
