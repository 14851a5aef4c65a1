# METADATA
# title: No user name occurs twice
# description: Programs find the first line only; the second one keeps a password and a user id that nobody looks
#   after.
# custom:
#   id: host.account.unique_names
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: medium
#   frameworks: {cis_debian_12: ["7.2.7"], ssg: [account_unique_name]}
#   remediation:
#     text: Remove or rename one of the two with vipw.
package casemate.host.account.unique_names

import data.casemate.lib.accounts

twice := accounts.repeated([user.name | some user in accounts.users])

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		not user.name in twice
		user.name >= ""
	}
}

deny contains {
	"message": sprintf("name %s is used twice", [value]),
	"evidence": {"name": value, "names": names},
} if {
	some value in twice
	names := sort([user.name | some user in accounts.users; user.name == value])
}
