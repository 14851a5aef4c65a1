# METADATA
# title: Keys of people have a passphrase
# description: A key without one is as good as the password itself to whoever copies the file, from a backup say.
# custom:
#   id: host.key.user_encrypted
#   kind: host
#   area: crypto
#   needs: [private_keys]
#   severity: medium
#   attack: [T1552.004]
#   remediation:
#     text: Set one with ssh-keygen -p -f FILE; for machines, restrict the key with from= and command= where it is accepted.
package casemate.host.key.user_encrypted

keys := input.facets.private_keys.keys

of_person(key) if contains(key.path, "/.ssh/")

bad := [key |
	some key in keys
	of_person(key)
	key.encrypted == false
] if is_array(keys)

dark := [key |
	some key in keys
	of_person(key)
	key.encrypted == null
] if is_array(keys)

compliant if {
	input.facets.private_keys.truncated == false
	count(bad) == 0
	count(dark) == 0
}

deny contains {"message": sprintf("%s has no passphrase", [key.path]), "evidence": {"path": key.path, "owner": key.owner}} if some key in bad
