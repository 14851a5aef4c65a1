# METADATA
# title: No default switches sudo's password off
# description: "`!authenticate` does for all rules what NOPASSWD does for one, and is easier to overlook."
# custom:
#   id: host.sudo.authenticate
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: high
#   frameworks: {cis_debian_12: ["5.2.5"], disa_stig_ubuntu_22.04: [UBTU-22-432010], ssg: [sudo_remove_no_authenticate]}
#   attack: [T1548.003]
#   remediation:
#     text: Remove every `!authenticate` from sudoers.
package casemate.host.sudo.authenticate

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

off if input.facets.sudoers.effective.authenticate == "false"

exempt := sudo.scoped("authenticate", "false")

compliant if {
	input.facets.sudoers.effective
	input.facets.sudoers.defaults
	not off
	count(exempt) == 0
	count(groups) == 0
}

# Members of this group are asked for no password and may use any path.
groups contains entry if {
	some entry in input.facets.sudoers.defaults
	entry.name == "exempt_group"
	not entry.value in {"false", ""}
}

deny contains {
	"message": sprintf("exempt_group spares the group %s the password (%s)", [entry.value, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in groups
}

deny contains {"message": "authenticate is off", "evidence": {"authenticate": "false"}} if off

deny contains {
	"message": sprintf("authenticate is off for %s (%s)", [entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in exempt
}
