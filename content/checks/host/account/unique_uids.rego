# METADATA
# title: No two users share a user id
# description: They own each other's files and processes, and the log cannot say which of them it was.
# custom:
#   id: host.account.unique_uids
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.2.5"]
#     disa_stig_ubuntu_22.04: [UBTU-22-411015]
#     disa_stig_ubuntu_24.04: [UBTU-24-400000]
#     ssg: [account_unique_id, no_duplicate_uids]
#   attack: [T1136.001]
#   remediation:
#     text: Give one of them a new id with usermod -u and its files to the new owner.
package casemate.host.account.unique_uids

import data.casemate.lib.accounts

twice := accounts.repeated([user.uid | some user in accounts.users])

compliant if {
	count(accounts.users) > 0
	every user in accounts.users {
		not user.uid in twice
		user.uid >= 0
	}
}

deny contains {
	"message": sprintf("user id %d is used by %s", [value, concat(", ", names)]),
	"evidence": {"uid": value, "names": names},
} if {
	some value in twice
	names := sort([user.name | some user in accounts.users; user.uid == value])
}
