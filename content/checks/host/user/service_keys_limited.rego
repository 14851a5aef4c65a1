# METADATA
# title: SSH keys of services are limited
# description: A key for a job on another machine opens a whole shell unless its line says which command or network it
#   is for.
# custom:
#   id: host.user.service_keys_limited
#   kind: host.user
#   area: access
#   needs: [account, home]
#   severity: medium
#   attack: [T1098.004, T1078.003]
#   remediation:
#     text: Put restrict,command="…" or from="…" before the key.
package casemate.host.user.service_keys_limited

service if {
	input.facets.account.regular == false
	input.facets.account.uid != 0
}

person if input.facets.account.regular == true

person if input.facets.account.uid == 0

applies if not person

limited(key) if {
	some option in key.options
	option in {"command", "from", "restrict"}
}

open := [key | some key in input.facets.home.authorized_keys; not limited(key)]

compliant if {
	service
	is_array(input.facets.home.authorized_keys)
	count(open) == 0
}

deny contains {
	"message": sprintf("the key %s has no limits (%s:%d)", [key.fingerprint, key.file, key.line]),
	"evidence": key,
} if {
	service
	some key in open
}
