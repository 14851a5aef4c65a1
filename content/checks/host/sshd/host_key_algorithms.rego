# METADATA
# title: The SSH server signs with no weak algorithm
# description: DSA keys have 1024 bits, and ssh-rsa means signatures over SHA-1, which can be forged.
# custom:
#   id: host.sshd.host_key_algorithms
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: medium
#   attack: [T1557]
#   params:
#     weak: {type: list, default: ["ssh-dss*", ssh-rsa, "ssh-rsa-cert-*"], description: "names of algorithms that are refused; * stands for any text"}
#   remediation:
#     text: Remove ssh-rsa and ssh-dss from HostKeyAlgorithms.
#     command: printf 'HostKeyAlgorithms -ssh-rsa,ssh-rsa-cert-*,ssh-dss*\n' > /etc/ssh/sshd_config.d/10-casemate-host-key-algorithms.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.host_key_algorithms

import data.casemate.lib.sshd

applies if not sshd.removed

weak := sshd.matching("hostkeyalgorithms", data.params.weak)

compliant if sshd.free_of("hostkeyalgorithms", data.params.weak)

deny contains {
	"message": sprintf("HostKeyAlgorithms allows %s", [concat(", ", sort(weak))]),
	"evidence": object.union({"weak": weak}, sshd.origin("hostkeyalgorithms")),
} if {
	count(weak) > 0
}
