# METADATA
# title: Keys that apt trusts are root's alone to change
# description: Whoever can replace a key in the common ring can sign packages for every source.
# custom:
#   id: host.software.global_keys_protected
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.2.1.1"]
#   attack: [T1195.002]
#   remediation:
#     text: Give the keys to root with mode 644.
#     command: find /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d -type f -exec chown root:root {} + -exec chmod go-w {} + 2>/dev/null || true
package casemate.host.software.global_keys_protected

family := input.facets.identity.os.family

# Others have no apt.
applies if not elsewhere

elsewhere if {
	name := family
	name != "debian"
}

keys := input.facets.repositories.global_keys

# The last two digits of a mode speak of group and others; 2, 3, 6 and 7 let them write.
writable(mode) if regex.match(`[2367].$|[2367]$`, mode)

loose := [key | some key in keys; key.uid != 0]

open := [key | some key in keys; writable(key.mode)]

compliant if {
	family == "debian"
	is_array(keys)
	count(loose) == 0
	count(open) == 0
}

deny contains {"message": sprintf("%s belongs to user %d", [key.path, key.uid]), "evidence": key} if some key in loose

deny contains {"message": sprintf("%s has mode %s; wanted 644", [key.path, key.mode]), "evidence": key} if some key in open
