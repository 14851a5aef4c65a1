# METADATA
# title: The user's mail is not forwarded by a file
# description: A .forward file sends mail, alerts too, out of the organisation or into a command.
# custom:
#   id: host.user.no_forward
#   kind: host.user
#   area: accounts
#   needs: [home]
#   severity: low
#   frameworks: {cis_debian_12: ["7.2.10"], ssg: [no_forward_files]}
#   attack: [T1114.003]
#   remediation:
#     text: Remove the file; forward mail in the mail server's own configuration.
package casemate.host.user.no_forward

list := input.facets.home.risky_files

bad := [file |
	some file in list
	endswith(file.path, "/.forward")
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
