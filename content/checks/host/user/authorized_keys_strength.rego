# METADATA
# title: Authorised SSH keys are strong
# description: A DSA or short RSA key can be computed from its public half by those who can afford it.
# custom:
#   id: host.user.authorized_keys_strength
#   kind: host.user
#   area: crypto
#   needs: [home]
#   severity: medium
#   attack: [T1078]
#   params:
#     rsa_bits: {type: int, default: 2048, description: least bits of an RSA key}
#   remediation:
#     text: Replace the key with an Ed25519 one and remove its line.
package casemate.host.user.authorized_keys_strength

keys := input.facets.home.authorized_keys

weak(key) if regex.match(`^ssh-dss`, key.algorithm)

weak(key) if {
	regex.match(`^(ssh-rsa|rsa-sha2)`, key.algorithm)
	is_number(key.bits)
	key.bits < data.params.rsa_bits
}

bad := [key | some key in keys; weak(key)]

compliant if {
	is_array(keys)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s key of %v bits (%s:%d)", [key.algorithm, key.bits, key.file, key.line]),
	"evidence": key,
} if {
	some key in bad
}
