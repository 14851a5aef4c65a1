# METADATA
# title: SSH logs logins and not secrets
# description: Below INFO failed and successful logins leave no trace; the DEBUG levels write private data into the
#   log.
# custom:
#   id: host.sshd.log_level
#   kind: host.sshd
#   area: logging
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.14"], ssg: [sshd_set_loglevel_info]}
#   attack: [T1562.002]
#   remediation:
#     text: Set LogLevel to INFO or VERBOSE; VERBOSE also names the key that was used.
#     command: printf 'LogLevel VERBOSE\n' > /etc/ssh/sshd_config.d/10-casemate-log-level.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.log_level

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("loglevel", {"info", "verbose"})

deny contains {
	"message": sprintf("LogLevel is %s%s; wanted info or verbose", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("loglevel", {"info", "verbose"})
}
