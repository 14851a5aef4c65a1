# METADATA
# title: The user keeps no passwords in .netrc
# description: Passwords for other machines stand in it in plain text.
# custom:
#   id: host.user.no_netrc
#   kind: host.user
#   area: accounts
#   needs: [home]
#   severity: medium
#   frameworks: {cis_debian_12: ["7.2.10"], ssg: [no_netrc_files]}
#   attack: [T1552.001]
#   remediation:
#     text: Move the passwords to a keyring and remove the file.
package casemate.host.user.no_netrc

list := input.facets.home.risky_files

bad := [file |
	some file in list
	endswith(file.path, "/.netrc")
]

compliant if {
	is_array(list)
	count(bad) == 0
}

deny contains {
	"message": sprintf("%s exists", [file.path]),
	"evidence": {"path": file.path, "mode": file.mode},
} if {
	some file in bad
}
