# METADATA
# title: No set-id file can be written by others than its owner
# description: >-
#   Whoever may write it may put another program in its place; that the kernel then drops the bit is a last line of
#   defence, and not on every file system.
# custom:
#   id: host.filesystem.setid_not_writable
#   kind: host
#   area: filesystem
#   needs: [privileged_files]
#   severity: critical
#   attack: [T1548.001, T1574]
#   remediation:
#     text: "Take the right to write away: `chmod go-w FILE`, and compare the file with its package (`dpkg --verify`)."
package casemate.host.filesystem.setid_not_writable

files := input.facets.privileged_files

all := array.concat(files.setuid, files.setgid)

open := [file | some file in all; file.writable == true]

compliant if {
	files.truncated == false
	every file in all { file.writable == false }
}

deny contains {
	"message": sprintf("%s has mode %s: others than its owner may write it", [file.path, file.mode]),
	"evidence": {"path": file.path, "mode": file.mode},
} if {
	some file in open
}
