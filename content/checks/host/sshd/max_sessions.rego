# METADATA
# title: An SSH connection carries few sessions
# description: Sessions multiplexed over one connection cost the server processes, but no new login.
# custom:
#   id: host.sshd.max_sessions
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   frameworks: {cis_debian_12: ["5.1.17"], ssg: [sshd_set_max_sessions]}
#   attack: [T1499]
#   params:
#     most: {type: int, default: 10, description: most sessions in one connection}
#   remediation:
#     text: Set MaxSessions to 10 or less.
#     command: printf 'MaxSessions 10\n' > /etc/ssh/sshd_config.d/10-casemate-max-sessions.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.max_sessions

import data.casemate.lib.sshd

applies if not sshd.removed

fits(v) if {
	n := sshd.number(v.value)
	n >= 0
	n <= data.params.most
}

compliant if {
	values := sshd.possible("maxsessions")
	count(values) > 0
	every v in values {
		fits(v)
	}
}

deny contains {
	"message": sprintf("MaxSessions is %s%s; wanted 0 to %d", [v.value, sshd.place(v), data.params.most]),
	"evidence": v,
} if {
	some v in sshd.possible("maxsessions")
	not fits(v)
}
