# METADATA
# title: The SSH server accepts no weak signature of a user
# description: A login proved with SHA-1 or a 1024-bit DSA key can be forged by somebody who never had the key.
# custom:
#   id: host.sshd.pubkey_algorithms
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: medium
#   attack: [T1078]
#   params:
#     weak: {type: list, default: ["ssh-dss*", ssh-rsa, "ssh-rsa-cert-*"], description: "names of algorithms that are refused; * stands for any text"}
#   remediation:
#     text: Remove ssh-rsa and ssh-dss from PubkeyAcceptedAlgorithms.
#     command: printf 'PubkeyAcceptedAlgorithms -ssh-rsa,ssh-rsa-cert-*,ssh-dss*\n' > /etc/ssh/sshd_config.d/10-casemate-pubkey-algorithms.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.pubkey_algorithms

import data.casemate.lib.sshd

applies if not sshd.removed

weak := sshd.matching("pubkeyacceptedalgorithms", data.params.weak)

compliant if sshd.free_of("pubkeyacceptedalgorithms", data.params.weak)

deny contains {
	"message": sprintf("PubkeyAcceptedAlgorithms allows %s", [concat(", ", sort(weak))]),
	"evidence": object.union({"weak": weak}, sshd.origin("pubkeyacceptedalgorithms")),
} if {
	count(weak) > 0
}
