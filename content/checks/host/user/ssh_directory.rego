# METADATA
# title: "~/.ssh is the user's alone"
# description: Whoever may write to it adds a key of his own and logs in as the user.
# custom:
#   id: host.user.ssh_directory
#   kind: host.user
#   area: accounts
#   needs: [account, home]
#   severity: high
#   attack: [T1098.004]
#   params:
#     mode: {type: string, default: "700", description: widest mode of the directory}
#   remediation:
#     text: Set mode 700 and the user as owner on ~/.ssh.
package casemate.host.user.ssh_directory

import data.casemate.lib.files

directory := input.facets.home.ssh_directory

applies if not without_directory

without_directory if directory == null

compliant if {
	directory.uid == input.facets.account.uid
	files.narrow(directory, data.params.mode)
}

deny contains {
	"message": sprintf("~/.ssh has mode %s; wanted %s or stricter", [directory.mode, data.params.mode]),
	"evidence": {"mode": directory.mode},
} if {
	files.wider(directory, data.params.mode)
}

deny contains {
	"message": sprintf("~/.ssh belongs to %s", [files.owner(directory)]),
	"evidence": {"owner": files.owner(directory)},
} if {
	directory.uid != input.facets.account.uid
}
