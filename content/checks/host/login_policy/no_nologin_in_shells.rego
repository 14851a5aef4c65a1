# METADATA
# title: nologin is not in /etc/shells
# description: FTP and other services let those in whose shell is listed; nologin marks those who must stay out.
# custom:
#   id: host.login_policy.no_nologin_in_shells
#   kind: host
#   area: accounts
#   needs: [login_policy]
#   severity: low
#   frameworks: {cis_debian_12: ["5.4.3.1"], ssg: [no_nologin_in_shells]}
#   remediation:
#     text: Remove nologin and false from /etc/shells.
#     command: sed -i -E '\#/(nologin|false)$#d' /etc/shells
package casemate.host.login_policy.no_nologin_in_shells

shells := input.facets.login_policy.shells

refusing := [shell | some shell in shells; regex.match(`/(nologin|false)$`, shell)]

compliant if {
	count(shells) > 0
	count(refusing) == 0
}

deny contains {
	"message": sprintf("%s is in /etc/shells", [shell]),
	"evidence": {"shell": shell},
} if some shell in refusing
