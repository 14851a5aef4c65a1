# METADATA
# title: No shell, interpreter or editor is set-user-id
# description: >-
#   With the bit on a program that can run others or write files, every user is its owner. It is the simplest back
#   door there is.
# custom:
#   id: host.filesystem.setuid_no_interpreters
#   kind: host
#   area: filesystem
#   needs: [privileged_files]
#   severity: critical
#   attack: [T1548.001]
#   remediation:
#     text: Take the bit off at once (`chmod ug-s FILE`), and treat the host as compromised until you know who set it.
package casemate.host.filesystem.setuid_no_interpreters

files := input.facets.privileged_files

tools := {
	"bash", "dash", "sh", "zsh", "busybox", "python", "perl", "ruby", "node", "php",
	"lua", "gawk", "awk", "vim", "vi", "nano", "emacs", "less", "more", "find",
	"cp", "mv", "dd", "tar", "rsync", "env", "nice", "timeout", "strace", "gdb",
	"docker", "nmap", "curl", "wget", "openssl", "socat", "tcpdump", "systemctl", "chmod", "chown",
	"tee", "xargs", "git", "make", "gcc",
}

# `python3.11` is python, `vim.basic` is vim.
tool(path) := name if {
	parts := split(path, "/")
	name := regex.replace(parts[count(parts) - 1], `[-.0-9]+.*$`, "")
	name in tools
}

all := array.concat(files.setuid, files.setgid)

found := [file | some file in all; tool(file.path)]

compliant if {
	is_array(files.setuid)
	files.truncated == false
	count(found) == 0
}

deny contains {
	"message": sprintf("%s has mode %s: whoever runs it can do anything as its owner", [file.path, file.mode]),
	"evidence": {"path": file.path, "mode": file.mode, "uid": file.uid, "gid": file.gid},
} if {
	some file in found
}
