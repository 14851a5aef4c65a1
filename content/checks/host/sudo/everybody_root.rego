# METADATA
# title: sudo does not make everybody root
# description: A rule for ALL users counts for every service account, and so for every hole in a service.
# custom:
#   id: host.sudo.everybody_root
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: critical
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-654224]
#     disa_stig_ubuntu_24.04: [UBTU-24-300019]
#     ssg: [sudo_restrict_privilege_elevation_to_authorized]
#   attack: [T1548.003]
#   remediation:
#     text: Name the users or the group in the rule.
package casemate.host.sudo.everybody_root

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

bad := [rule |
	some rule in sudo.rules
	some user in rule.users
	user in {"ALL", "%users", "%nogroup"}
	sudo.everything(rule)
	sudo.as_root(rule)
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
