# METADATA
# title: SSH agrees on session keys without SHA-1
# description: Groups of 1024 bits can be broken by a well-funded attacker, and SHA-1 no longer binds the two sides to
#   what they said.
# custom:
#   id: host.sshd.key_exchange
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: medium
#   frameworks: {cis_debian_12: ["5.1.12"], ssg: [sshd_use_strong_kex]}
#   attack: [T1557, T1040]
#   params:
#     weak: {type: list, default: [diffie-hellman-group1-sha1, diffie-hellman-group14-sha1, diffie-hellman-group-exchange-sha1, "gss-group1-*", "gss-gex-sha1-*", "gss-group14-sha1-*", rsa1024-sha1], description: "names of algorithms that are refused; * stands for any text"}
#   remediation:
#     text: Set KexAlgorithms to Curve25519, the NIST curves and SHA-2 groups.
#     command: printf 'KexAlgorithms -diffie-hellman-group1-sha1,diffie-hellman-group14-sha1,diffie-hellman-group-exchange-sha1\n' > /etc/ssh/sshd_config.d/10-casemate-key-exchange.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.key_exchange

import data.casemate.lib.sshd

applies if not sshd.removed

weak := sshd.matching("kexalgorithms", data.params.weak)

compliant if sshd.free_of("kexalgorithms", data.params.weak)

deny contains {
	"message": sprintf("KexAlgorithms allows %s", [concat(", ", sort(weak))]),
	"evidence": object.union({"weak": weak}, sshd.origin("kexalgorithms")),
} if {
	count(weak) > 0
}
