# METADATA
# title: An SSH login must be done soon
# description: Connections that have not logged in hold slots; enough of them shut everybody else out.
# custom:
#   id: host.sshd.login_grace_time
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.13"], ssg: [sshd_set_login_grace_time]}
#   attack: [T1499]
#   params:
#     most: {type: int, default: 60, description: most seconds until a login must be done}
#   remediation:
#     text: Set LoginGraceTime to 60 or less.
#     command: printf 'LoginGraceTime 60\n' > /etc/ssh/sshd_config.d/10-casemate-login-grace-time.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.login_grace_time

import data.casemate.lib.sshd

applies if not sshd.removed

fits(v) if {
	n := sshd.seconds(v.value)
	n >= 1
	n <= data.params.most
}

compliant if {
	values := sshd.possible("logingracetime")
	count(values) > 0
	every v in values {
		fits(v)
	}
}

deny contains {
	"message": sprintf("LoginGraceTime is %s%s; wanted 1 to %d seconds", [v.value, sshd.place(v), data.params.most]),
	"evidence": v,
} if {
	some v in sshd.possible("logingracetime")
	not fits(v)
}
