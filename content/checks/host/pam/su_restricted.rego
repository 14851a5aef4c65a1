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
}

closed if {
	some i, line in stack
	closing(line)
	i < pam.position(stack, "auth", "pam_unix")
}

compliant if closed

deny contains {
	"message": "no `auth required pam_wheel.so use_uid` stands before the password in /etc/pam.d/su",
	"evidence": {"lines": [{"control": line.control, "args": line.args} | some line in stack; line.module == "pam_wheel"]},
} if {
	count(stack) > 0
	not closed
}
