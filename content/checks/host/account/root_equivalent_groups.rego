# METADATA
# title: Groups that amount to root have no members
# description: Whoever may talk to Docker or LXD, or read the raw disk, is root without a password and without a line
#   in sudo's log.
# custom:
#   id: host.account.root_equivalent_groups
#   kind: host
#   area: accounts
#   needs: [accounts]
#   severity: high
#   attack: [T1611, T1548]
#   params:
#     groups: {type: list, default: [docker, podman, lxd, incus-admin, libvirt, disk, kmem, mem, sgx], description: groups whose members can become root}
#     allowed: {type: list, default: [], description: users who may be in them}
#   remediation:
#     text: Remove the members with gpasswd -d USER GROUP; let them use sudo for single commands, or rootless
#       containers.
package casemate.host.account.root_equivalent_groups

import data.casemate.lib.accounts

members contains {"user": name, "group": group.name} if {
	some group in accounts.groups
	group.name in data.params.groups
	some name in group.members
	name != "root"
	not name in data.params.allowed
}

members contains {"user": user.name, "group": user.group} if {
	some user in accounts.users
	user.group in data.params.groups
	user.login_shell == true
	not user.name in data.params.allowed
}

compliant if {
	count(accounts.users) > 0
	count(accounts.groups) > 0
	count(members) == 0
}

deny contains {"message": sprintf("%s is in the group %s", [member.user, member.group]), "evidence": member} if {
	some member in members
}
