# METADATA
# title: Private keys are read by their owner alone
# description: Whoever reads the key of a service can be that service, and decrypt what was recorded.
# custom:
#   id: host.key.readable
#   kind: host
#   area: crypto
#   needs: [private_keys]
#   severity: high
#   attack: [T1552.004]
#   params:
#     groups: {type: list, default: [root, ssl-cert, ssh_keys], description: groups that may read keys}
#   remediation:
#     text: Set mode 600 (640 where a group for keys needs it).
package casemate.host.key.readable

keys := input.facets.private_keys.keys

groups := {name | some name in data.params.groups}

# Others have no right at all; a group may read where it is one made for keys.
open(key) if bits.and(key.bits, 7) != 0

open(key) if object.get(key, "acl_rights", 0) != 0

open(key) if bits.and(key.bits, 24) != 0

open(key) if {
	bits.and(key.bits, 32) != 0
	not key.group in groups
}

bad := [key | some key in keys; open(key)] if is_array(keys)

compliant if {
	input.facets.private_keys.truncated == false
	count(bad) == 0
}

deny contains {"message": sprintf("%s has mode %s and group %v; wanted 600", [key.path, key.mode, key.group]), "evidence": {"path": key.path, "mode": key.mode, "owner": key.owner, "group": key.group}} if some key in bad
