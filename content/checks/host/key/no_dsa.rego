# METADATA
# title: No DSA keys are left
# description: DSA of SSH has 1024 bits and leaks itself when a signature lacks randomness.
# custom:
#   id: host.key.no_dsa
#   kind: host
#   area: crypto
#   needs: [private_keys]
#   severity: medium
#   attack: [T1552.004]
#   remediation:
#     text: Remove the key; make an Ed25519 one.
package casemate.host.key.no_dsa

keys := input.facets.private_keys.keys

bad := [key | some key in keys; key.format == "dsa"] if is_array(keys)

compliant if {
	input.facets.private_keys.truncated == false
	count(bad) == 0
}

deny contains {"message": sprintf("%s is a DSA key", [key.path]), "evidence": {"path": key.path, "owner": key.owner}} if some key in bad
