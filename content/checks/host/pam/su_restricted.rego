# METADATA
# title: Only one group may use su
# description: su needs the password of another account and no rule; where it is closed, sudo with its rules and its
#   log is the only way up.
# custom:
#   id: host.pam.su_restricted
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.2.7"], ssg: [use_pam_wheel_group_for_su]}
#   attack: [T1548]
#   remediation:
#     text: Add `auth required pam_wheel.so use_uid group=sugroup` to /etc/pam.d/su.
#     command: getent group sugroup > /dev/null || groupadd sugroup; sed -i '/pam_rootok.so/a auth required pam_wheel.so use_uid group=sugroup' /etc/pam.d/su
package casemate.host.pam.su_restricted

import data.casemate.lib.pam

stack := pam.services.su

applies if not without_su

# PAM was read, and no stack is called su.
without_su if {
	count(pam.services) > 0
	not stack
}

closing(line) if {
	line.group == "auth"
	line.module == "pam_wheel"
	line.control in {"required", "requisite"}
	"use_uid" in line.args
	not "trust" in line.args
	not "deny" in line.args
	not "root_only" in line.args
}

closed(lines) if {
	some i, line in lines
	closing(line)
	i < pam.position(lines, "auth", "pam_unix")
	not pam.jumped(lines, i)
}

# `su -` goes by a stack of its own where there is one.
stacks := {name: lines | some name, lines in pam.services; name in {"su", "su-l"}}

open contains name if {
	some name, lines in stacks
	not closed(lines)
}

compliant if {
	count(stack) > 0
	count(open) == 0
}

deny contains {
	"message": sprintf("no `auth required pam_wheel.so use_uid` stands before the password in /etc/pam.d/%s", [name]),
	"evidence": {"lines": [{"control": line.control, "args": line.args} | some line in stacks[name]; line.module == "pam_wheel"]},
} if {
	some name in open
}
