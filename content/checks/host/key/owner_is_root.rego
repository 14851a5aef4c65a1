# METADATA
# title: Keys of services belong to root or to the service
# description: A key that belongs to a person leaves with that person, or with whoever takes over the account.
# custom:
#   id: host.key.owner_is_root
#   kind: host
#   area: crypto
#   needs: [private_keys]
#   severity: low
#   attack: [T1552.004]
#   remediation:
#     text: Give the key to root or the service's user.
package casemate.host.key.owner_is_root

keys := input.facets.private_keys.keys

bad := [key |
	some key in keys
	startswith(key.path, "/etc/")
	key.uid >= 1000
	key.uid != 65534
] if is_array(keys)

compliant if {
	input.facets.private_keys.truncated == false
	count(bad) == 0
}

deny contains {"message": sprintf("%s belongs to %v (user %d)", [key.path, key.owner, key.uid]), "evidence": {"path": key.path, "uid": key.uid}} if some key in bad
