# METADATA
# title: No rule lets the caller set the environment
# description: With the tag SETENV the caller passes LD_PRELOAD to a command that was granted with care.
# custom:
#   id: host.sudo.setenv
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   attack: [T1574.006, T1548.003]
#   remediation:
#     text: Remove SETENV, and name the variables that are needed in env_keep.
package casemate.host.sudo.setenv

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.granting
	not sudo.everything(rule)
	sudo.tagged(rule, "SETENV")
]

compliant if {
	is_array(sudo.rules)
	sudo.off_everywhere("setenv")
	count(bad) == 0
}

deny contains {"message": "setenv is on for every rule", "evidence": {"setenv": "true"}} if sudo.on("setenv")

deny contains {"message": sprintf("setenv is on for %s (%s)", [entry.scope, sudo.place(entry)]), "evidence": entry} if {
	some entry in sudo.scoped("setenv", "true")
}

deny contains {
	"message": sprintf(
		"%s may set the environment of %s (%s)",
		[sudo.who(rule), concat(", ", rule.commands), sudo.place(rule)],
	),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
