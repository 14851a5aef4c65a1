# METADATA
# title: Root cannot log in over SSH with a password
# description: The name root exists everywhere, so a guessed password is all that an attacker on the network needs to
#   own the machine.
# custom:
#   id: host.sshd.root_password
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   frameworks: {anssi_bp_028: [R33]}
#   attack: [T1110.001, T1021.004]
#   remediation:
#     text: Set PermitRootLogin to prohibit-password, or better to no.
#     command: printf 'PermitRootLogin prohibit-password\n' > /etc/ssh/sshd_config.d/10-casemate-root-password.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.root_password

import data.casemate.lib.sshd

applies if not sshd.removed

compliant if sshd.only("permitrootlogin", {"no", "prohibit-password", "without-password", "forced-commands-only"})

deny contains {
	"message": sprintf(
		"PermitRootLogin is %s%s; wanted no or prohibit-password or without-password or forced-commands-only",
		[v.value, sshd.place(v)],
	),
	"evidence": v,
} if {
	some v in sshd.outside("permitrootlogin", {"no", "prohibit-password", "without-password", "forced-commands-only"})
}
