# METADATA
# title: No private key lies in a web server's tree
# description: What lies below the document root is one request away from everybody.
# custom:
#   id: host.key.not_served
#   kind: host
#   area: crypto
#   needs: [private_keys]
#   severity: critical
#   attack: [T1552.004]
#   params:
#     roots: {type: list, default: [/var/www/, /srv/www/, /srv/http/, /usr/share/nginx/html/], description: document roots}
#   remediation:
#     text: "Move the key to /etc/ssl/private, and replace it: somebody may have fetched it."
package casemate.host.key.not_served

keys := input.facets.private_keys.keys

roots := [root | some root in data.params.roots]

bad := [key |
	some key in keys
	some root in roots
	startswith(key.path, root)
] if is_array(keys)

compliant if {
	input.facets.private_keys.truncated == false
	count(bad) == 0
}

deny contains {"message": sprintf("%s lies below a document root", [key.path]), "evidence": {"path": key.path, "mode": key.mode}} if some key in bad
