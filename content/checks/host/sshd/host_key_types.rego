# METADATA
# title: The SSH host keys are strong
# description: DSA has been given up by OpenSSH itself, and a short RSA key can be factored by those who can afford
#   it; either lets them pose as this server.
# custom:
#   id: host.sshd.host_key_types
#   kind: host.sshd
#   area: crypto
#   needs: [files]
#   severity: medium
#   attack: [T1557]
#   params:
#     rsa_bits: {type: int, default: 3072, description: least bits of an RSA key}
#   remediation:
#     text: Remove the weak key and make new ones with ssh-keygen -A; tell the users the new fingerprints.
package casemate.host.sshd.host_key_types

types := input.facets.files.key_types

weak contains {"path": path, "algorithm": key.algorithm, "bits": key.bits} if {
	some path, key in types
	key.algorithm == "dsa"
}

weak contains {"path": path, "algorithm": key.algorithm, "bits": key.bits} if {
	some path, key in types
	key.algorithm == "rsa"
	key.bits > 0
	key.bits < data.params.rsa_bits
}

strong(key) if key.algorithm in {"ed25519", "ecdsa"}

strong(key) if {
	key.algorithm == "rsa"
	key.bits >= data.params.rsa_bits
}

compliant if {
	count(types) > 0
	every key in types {
		strong(key)
	}
}

deny contains {
	"message": sprintf("%s is %s with %d bits", [key.path, key.algorithm, key.bits]),
	"evidence": key,
} if {
	some key in weak
}
