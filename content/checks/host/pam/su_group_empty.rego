# METADATA
# title: The group that may use su is empty
# description: Where everybody becomes root with sudo, nobody needs su; a member can try root's password unseen by
#   sudo's rules.
# custom:
#   id: host.pam.su_group_empty
#   kind: host
#   area: authentication
#   needs: [pam, accounts]
#   severity: low
#   frameworks: {cis_debian_12: ["5.2.7"], ssg: [ensure_pam_wheel_group_empty]}
#   remediation:
#     text: Name an empty group in the pam_wheel line of /etc/pam.d/su and remove its members with gpasswd -d.
package casemate.host.pam.su_group_empty

import data.casemate.lib.pam

names := {name |
	some line in pam.services.su
	line.group == "auth"
	line.module == "pam_wheel"
	name := group(line)
}

group(line) := pam.argument(line, "group")

group(line) := "wheel" if not pam.argument(line, "group")

groups := {entry | some entry in input.facets.accounts.groups; entry.name in names}

# Whose primary group it is stands in no list of members.
primary contains {"user": user.name, "group": user.group} if {
	some user in input.facets.accounts.users
	user.group in names
}

compliant if {
	count(groups) > 0
	count(input.facets.accounts.users) > 0
	count(primary) == 0
	every entry in groups {
		count(entry.members) == 0
	}
}

deny contains {
	"message": sprintf("%s may use su by the group %s", [concat(", ", entry.members), entry.name]),
	"evidence": {"group": entry.name, "members": entry.members},
} if {
	some entry in groups
	count(entry.members) > 0
}

deny contains {"message": "su is not limited to a group", "evidence": {"groups": names}} if {
	count(pam.services.su) > 0
	input.facets.accounts.groups
	count(groups) == 0
}

deny contains {
	"message": sprintf("%s may use su by its primary group %s", [one.user, one.group]),
	"evidence": one,
} if {
	some one in primary
}
