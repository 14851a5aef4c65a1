# METADATA
# title: SSH shows users their last login
# description: A user who sees a login that was not theirs is the cheapest detector there is.
# custom:
#   id: host.sshd.print_last_log
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: low
#   remediation:
#     text: Set PrintLastLog to yes.
#     command: printf 'PrintLastLog yes\n' > /etc/ssh/sshd_config.d/10-casemate-print-last-log.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.print_last_log

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("printlastlog", {"yes"})

deny contains {
	"message": sprintf("PrintLastLog is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("printlastlog", {"yes"})
}
