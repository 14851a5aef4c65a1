# METADATA
# title: sudo asks for a password
# description: Without it whoever takes over the user's session, a web browser or a stolen SSH key, is root at once.
# custom:
#   id: host.sudo.nopasswd
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   frameworks:
#     cis_debian_12: ["5.2.4"]
#     disa_stig_ubuntu_22.04: [UBTU-22-432011]
#     disa_stig_ubuntu_24.04: [UBTU-24-300020, UBTU-24-300021]
#     ssg: [sudo_remove_nopasswd, sudo_require_authentication]
#   attack: [T1548.003]
#   params:
#     accepted: {type: list, default: [], description: users and groups who need no password}
#   remediation:
#     text: Remove NOPASSWD from the rule; give automation single commands of its own, or SSH certificates.
package casemate.host.sudo.nopasswd

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.granting
	sudo.tagged(rule, "NOPASSWD")
	some user in rule.users
	not user in data.params.accepted
]

compliant if {
	is_array(sudo.rules)
	count(bad) == 0
}

deny contains {
	"message": sprintf(
		"%s needs no password for %s (%s)",
		[sudo.who(rule), concat(", ", rule.commands), sudo.place(rule)],
	),
	"evidence": sudo.evidence(rule),
} if {
	some rule in bad
}
