# METADATA
# title: Only known people are administrators
# description: Rights are handed out for a day and stay for years; a list of those who should have them shows the
#   rest.
# custom:
#   id: host.account.administrators
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-432015]
#     disa_stig_ubuntu_24.04: [UBTU-24-600130]
#     ssg: [ensure_sudo_group_restricted]
#   attack: [T1098, T1548.003]
#   params:
#     groups: {type: list, default: [sudo, wheel, admin], description: groups of administrators}
#     allowed: {type: list, default: [], description: users who may be in them; the check is not applicable while the list is empty}
#   remediation:
#     text: Remove the members with gpasswd -d USER sudo.
package casemate.host.account.administrators

import data.casemate.lib.accounts

members contains {"user": name, "group": group.name} if {
	some group in accounts.groups
	group.name in data.params.groups
	some name in group.members
	not name in data.params.allowed
}

# By their primary group, without standing in its list.
members contains {"user": user.name, "group": user.group} if {
	some user in accounts.users
	user.group in data.params.groups
	not user.name in data.params.allowed
}

applies if count(data.params.allowed) > 0

compliant if {
	count(accounts.groups) > 0
	count(accounts.users) > 0
	count(members) == 0
}

deny contains {"message": sprintf("%s is in the group %s", [member.user, member.group]), "evidence": member} if {
	some member in members
}
