# METADATA
# title: No two groups share a group id
# description: Members of one group have the rights of the other without standing in it.
# custom:
#   id: host.account.unique_gids
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: medium
#   frameworks: {cis_debian_12: ["7.2.6"], ssg: [group_unique_id]}
#   remediation:
#     text: Give one of them a new id with groupmod -g and its files to the new group.
package casemate.host.account.unique_gids

import data.casemate.lib.accounts

twice := accounts.repeated([group.gid | some group in accounts.groups])

compliant if {
	count(accounts.groups) > 0
	every group in accounts.groups {
		not group.gid in twice
		group.gid >= 0
	}
}

deny contains {
	"message": sprintf("group id %d is used by %s", [value, concat(", ", names)]),
	"evidence": {"gid": value, "names": names},
} if {
	some value in twice
	names := sort([group.name | some group in accounts.groups; group.gid == value])
}
