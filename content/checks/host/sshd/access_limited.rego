# METADATA
# title: Only named users or groups may log in over SSH
# description: Without a list every account that gets a password or a key, service accounts too, can be used from the
#   network.
# custom:
#   id: host.sshd.access_limited
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.4"], ssg: [sshd_limit_user_access]}
#   attack: [T1078, T1021.004]
#   remediation:
#     text: Set AllowGroups (or AllowUsers, DenyUsers, DenyGroups) to those who need SSH, for example a group
#       ssh-users.
package casemate.host.sshd.access_limited

import data.casemate.lib.sshd

applies if not sshd.removed

lists := ["allowusers", "allowgroups", "denyusers", "denygroups"]

effective := input.facets.config.effective

given contains list if {
	some list in lists
	trim_space(effective[list]) != ""
}

# `AllowUsers *` limits nobody.
limiting contains list if {
	some list in given
	not regex.match(`^allow`, list)
}

limiting contains list if {
	some list in given
	regex.match(`^allow`, list)
	not "*" in regex.split(`[ 	]+`, trim_space(effective[list]))
}

compliant if count(limiting) > 0

deny contains {
	"message": "none of AllowUsers, AllowGroups, DenyUsers and DenyGroups limits who may log in",
	"evidence": {"given": given},
} if {
	effective
	count(limiting) == 0
}
