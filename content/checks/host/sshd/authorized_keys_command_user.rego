# METADATA
# title: The program that fetches SSH keys does not run as root
# description: AuthorizedKeysCommand handles names that strangers send before they have logged in; a fault in it must
#   not hand over the machine.
# custom:
#   id: host.sshd.authorized_keys_command_user
#   kind: host.sshd
#   area: access
#   needs: [config]
#   severity: high
#   attack: [T1098.004]
#   remediation:
#     text: Set AuthorizedKeysCommandUser to an account that does nothing else.
package casemate.host.sshd.authorized_keys_command_user

import data.casemate.lib.sshd

commands := [v | some v in sshd.possible("authorizedkeyscommand"); lower(v.value) != "none"; v.value != ""]

as_root := [v | some v in sshd.possible("authorizedkeyscommanduser"); v.value in {"root", "0"}]

applies if not unused

unused if sshd.removed

unused if {
	sshd.only("authorizedkeyscommand", {"none", ""})
}

compliant if {
	count(commands) > 0
	count(sshd.possible("authorizedkeyscommanduser")) > 0
	count(as_root) == 0
}

deny contains {"message": sprintf("%s runs as root%s", [command.value, sshd.place(v)]), "evidence": v} if {
	some command in commands
	some v in as_root
}
