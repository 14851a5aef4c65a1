# METADATA
# title: SSH refuses keys from files that others can write
# description: Without this test another user who may write ~/.ssh or authorized_keys can log in as its owner.
# custom:
#   id: host.sshd.strict_modes
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   attack: [T1098.004]
#   remediation:
#     text: Set StrictModes to yes.
#     command: printf 'StrictModes yes\n' > /etc/ssh/sshd_config.d/10-casemate-strict-modes.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.strict_modes

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("strictmodes", {"yes"})

deny contains {
	"message": sprintf("StrictModes is %s%s; wanted yes", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in sshd.outside("strictmodes", {"yes"})
}
