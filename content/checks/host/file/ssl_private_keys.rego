# METADATA
# title: Only root and ssl-cert read the keys in /etc/ssl/private
# description: Whoever has the key of a certificate is that server to all its clients.
# custom:
#   id: host.file.ssl_private_keys
#   kind: host
#   area: crypto
#   needs: [files]
#   severity: high
#   attack: [T1552.004]
#   remediation:
#     text: Give the keys to root:ssl-cert with mode 640.
#     command: find /etc/ssl/private -type f -exec chown root:ssl-cert {} + -exec chmod 640 {} +
package casemate.host.file.ssl_private_keys

import data.casemate.lib.files

directories := ["/etc/ssl/private"]

wanted := {"mode": "640", "owners": ["root"], "groups": ["root", "ssl-cert"]}

list := [file |
	some directory in directories
	some file in input.facets.files.below[directory]
	startswith(file.path, directory)
]

# Each directory was looked at, so that an empty list means that nothing lies there.
looked if {
	every directory in directories {
		is_array(input.facets.files.below[directory])
	}
}

compliant if {
	looked
	files.right_below(list, wanted)
}

deny contains {
	"message": sprintf("%s: %s", [wrong.path, concat("; ", sort(wrong.faults))]),
	"evidence": wrong,
} if {
	some wrong in files.wrong_below(list, wanted)
}
