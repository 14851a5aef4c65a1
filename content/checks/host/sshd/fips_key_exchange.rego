# METADATA
# title: SSH agrees on keys only in ways that FIPS 140 approves
# description: Curve25519 is not yet on the list that systems bound to validated cryptography must keep to.
# custom:
#   id: host.sshd.fips_key_exchange
#   kind: host.sshd
#   area: crypto
#   needs: [config]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-255060]
#     disa_stig_ubuntu_24.04: [UBTU-24-100840]
#     ssg: [sshd_use_approved_kex_ordered_stig]
#   params:
#     approved: {type: list, default: [ecdh-sha2-nistp256, ecdh-sha2-nistp384, ecdh-sha2-nistp521, diffie-hellman-group-exchange-sha256, diffie-hellman-group16-sha512, diffie-hellman-group18-sha512, diffie-hellman-group14-sha256], description: algorithms that may be offered}
#   remediation:
#     text: Set KexAlgorithms to the NIST curves and SHA-2 groups.
#     command: printf 'KexAlgorithms ecdh-sha2-nistp256,ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256\n' > /etc/ssh/sshd_config.d/10-casemate-fips-key-exchange.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.fips_key_exchange

import data.casemate.lib.sshd

applies if not sshd.removed

others := {name |
	some name in sshd.algorithms("kexalgorithms")
	not name in data.params.approved
}

compliant if {
	count(sshd.algorithms("kexalgorithms")) > 0
	count(others) == 0
}

deny contains {
	"message": sprintf("KexAlgorithms allows what is not approved: %s", [concat(", ", sort(others))]),
	"evidence": object.union({"not_approved": others}, sshd.origin("kexalgorithms")),
} if {
	count(others) > 0
}
