# METADATA
# title: No group name occurs twice
# description: Which of the two lines decides about membership depends on the program that reads them.
# custom:
#   id: host.account.unique_group_names
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: medium
#   frameworks: {cis_debian_12: ["7.2.8"], ssg: [group_unique_name]}
#   remediation:
#     text: Merge the two lines with vigr.
package casemate.host.account.unique_group_names

import data.casemate.lib.accounts

twice := accounts.repeated([group.name | some group in accounts.groups])

compliant if {
	count(accounts.groups) > 0
	every group in accounts.groups {
		not group.name in twice
		group.name >= ""
	}
}

deny contains {
	"message": sprintf("name %s is used twice", [value]),
	"evidence": {"name": value, "names": names},
} if {
	some value in twice
	names := sort([group.name | some group in accounts.groups; group.name == value])
}
