# METADATA
# title: SSH accepts no passwords
# description: Anybody who reaches the port can guess passwords for as long as they like. Keys and certificates cannot
#   be guessed.
# custom:
#   id: host.sshd.password_authentication
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   attack: [T1110, T1021.004]
#   remediation:
#     text: Give every user a key, then turn off PasswordAuthentication and KbdInteractiveAuthentication.
#     command: printf 'PasswordAuthentication no\nKbdInteractiveAuthentication no\n' > /etc/ssh/sshd_config.d/10-casemate-password-authentication.conf && sshd -t && systemctl reload ssh
package casemate.host.sshd.password_authentication

import data.casemate.lib.sshd

applies if not sshd.removed

# A key is asked for in every list of methods, so a password alone opens nothing.
key_required if {
	lists := sshd.possible("authenticationmethods")
	every v in lists {
		regex.match(`(^|[ 	,])(publickey|gssapi-with-mic|hostbased)`, lower(v.value))
		every list in regex.split(`[ 	]+`, trim_space(lower(v.value))) {
			regex.match(`(^|,)(publickey|gssapi-with-mic|hostbased)(,|:|$)`, list)
		}
	}
}

passwords := array.concat(
	sshd.outside("passwordauthentication", {"no"}),
	sshd.outside("kbdinteractiveauthentication", {"no"}),
)

compliant if {
	sshd.only("passwordauthentication", {"no"})
	sshd.only("kbdinteractiveauthentication", {"no"})
}

compliant if key_required

deny contains {
	"message": sprintf("passwords are accepted: %s%s", [v.value, sshd.place(v)]),
	"evidence": v,
} if {
	some v in passwords
	not key_required
}
