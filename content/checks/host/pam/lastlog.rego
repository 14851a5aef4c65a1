# METADATA
# title: A login at the console shows the one before
# description: Users notice a login that was not theirs, if somebody tells them.
# custom:
#   id: host.pam.lastlog
#   kind: host
#   area: authentication
#   needs: [pam]
#   severity: low
#   remediation:
#     text: Add `session optional pam_lastlog.so showfailed` to /etc/pam.d/login.
#     command: printf 'session optional pam_lastlog.so showfailed\n' >> /etc/pam.d/login
package casemate.host.pam.lastlog

import data.casemate.lib.pam

stack := pam.services.login

telling := [line |
	some line in stack
	line.group == "session"
	line.module in {"pam_lastlog", "pam_lastlog2"}
	not "silent" in line.args
]

applies if not without_login

without_login if {
	count(pam.services) > 0
	not stack
}

compliant if count(telling) > 0

deny contains {"message": "login has no session line with pam_lastlog", "evidence": {"service": "login"}} if {
	count(stack) > 0
	count(telling) == 0
}
