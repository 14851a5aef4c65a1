# METADATA
# title: An SSH connection allows few attempts to log in
# description: Each connection is a number of free guesses; half of them pass before the first one is logged.
# custom:
#   id: host.sshd.max_auth_tries
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.16"], ssg: [sshd_set_max_auth_tries]}
#   attack: [T1110.001]
#   params:
#     most: {type: int, default: 4, description: most attempts in one connection}
#   remediation:
#     text: Set MaxAuthTries to 4 or less.
#     command: printf 'MaxAuthTries 4\n' > /etc/ssh/sshd_config.d/10-casemate-max-auth-tries.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.max_auth_tries

import data.casemate.lib.sshd

applies if not sshd.removed

fits(v) if {
	n := sshd.number(v.value)
	n >= 1
	n <= data.params.most
}

compliant if {
	values := sshd.possible("maxauthtries")
	count(values) > 0
	every v in values {
		fits(v)
	}
}

deny contains {
	"message": sprintf("MaxAuthTries is %s%s; wanted 1 to %d", [v.value, sshd.place(v), data.params.most]),
	"evidence": v,
} if {
	some v in sshd.possible("maxauthtries")
	not fits(v)
}
