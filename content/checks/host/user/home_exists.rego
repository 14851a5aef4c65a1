# METADATA
# title: The home directory exists
# description: Without it the user starts in /, and whoever creates the missing directory owns his start-up files.
# custom:
#   id: host.user.home_exists
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: low
#   frameworks: {cis_debian_12: ["7.2.9"], ssg: [accounts_user_interactive_home_directory_exists]}
#   remediation:
#     text: Create it with mkhomedir_helper USER, or remove the account.
package casemate.host.user.home_exists

applies if not service

# An account that no person logs in to.
service if input.facets.account.login_shell == false

directory := input.facets.home.directory

compliant if {
	input.facets.account.login_shell == true
	directory.exists == true
	directory.kind == "directory"
}

deny contains {
	"message": sprintf("%s does not exist", [input.facets.account.home]),
	"evidence": {"home": input.facets.account.home},
} if {
	directory.exists == false
}

deny contains {
	"message": sprintf("%s is no directory but a %s", [input.facets.account.home, directory.kind]),
	"evidence": {"home": input.facets.account.home, "kind": directory.kind},
} if {
	directory.exists == true
	directory.kind != "directory"
}
