# METADATA
# title: Nobody is in the group shadow
# description: Its members read the password hashes of everybody.
# custom:
#   id: host.account.shadow_group_empty
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: high
#   frameworks: {cis_debian_12: ["7.2.4"], ssg: [ensure_shadow_group_empty]}
#   attack: [T1003.008]
#   remediation:
#     text: Remove the members with gpasswd -d, and give users with it as their primary group another one.
package casemate.host.account.shadow_group_empty

import data.casemate.lib.accounts

members contains name if {
	some group in accounts.groups
	group.name == "shadow"
	some name in group.members
}

members contains user.name if {
	some user in accounts.users
	user.group == "shadow"
}

compliant if {
	count(accounts.groups) > 0
	count(accounts.users) > 0
	count(members) == 0
}

deny contains {"message": sprintf("%s is in the group shadow", [name]), "evidence": {"user": name}} if {
	some name in members
}
