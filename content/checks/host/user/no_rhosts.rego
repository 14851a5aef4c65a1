# METADATA
# title: The user trusts no other host by .rhosts
# description: The file lets people in from other machines without a password, by their word alone.
# custom:
#   id: host.user.no_rhosts
#   kind: host.user
#   area: accounts
#   needs: [home]
#   severity: high
#   frameworks: {cis_debian_12: ["7.2.10"], ssg: [no_rsh_trust_files]}
#   attack: [T1021]
#   remediation:
#     text: Remove the file.
package casemate.host.user.no_rhosts

list := input.facets.home.risky_files

bad := [file |
	some file in list
	regex.match(`/\.[rs]hosts$`, file.path)
]

compliant if {
	is_array(list)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s exists", [file.path]),
	"evidence": {"path": file.path},
} if {
	some file in bad
}
