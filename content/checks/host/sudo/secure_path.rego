# METADATA
# title: sudo looks for commands in fixed directories
# description: With the caller's own path, a file of his is found before the real command.
# custom:
#   id: host.sudo.secure_path
#   kind: host
#   area: access
#   needs: [sudoers]
#   severity: medium
#   attack: [T1574.007]
#   remediation:
#     text: Set secure_path to the system's directories.
#     command: printf 'Defaults secure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n' > /etc/sudoers.d/casemate-secure-path && chmod 440 /etc/sudoers.d/casemate-secure-path && visudo -c
package casemate.host.sudo.secure_path

import data.casemate.lib.sudo

applies if not absent

# Without sudoers there is no sudo to judge.
absent if input.facets.sudoers.present == false

path := input.facets.sudoers.effective.secure_path

directories := split(trim(path, `"`), ":")

bad := [directory | some directory in directories; not safe(directory)]

safe(directory) if {
	startswith(directory, "/")
	not regex.match(`^/(home|tmp|var/tmp|dev/shm)(/|$)`, directory)
}

compliant if {
	path != "false"
	count(directories) > 0
	count(bad) == 0
	is_array(input.facets.sudoers.defaults)
	count(scoped) == 0
}

# Entries for single users, hosts, commands or targets that take the path away or put another in its place.
scoped contains entry if {
	some entry in input.facets.sudoers.defaults
	entry.name == "secure_path"
	entry.scope != ""
	some directory in split(trim(entry.value, `"`), ":")
	not safe(directory)
}

deny contains {
	"message": sprintf("secure_path is %s for %s (%s)", [entry.value, entry.scope, sudo.place(entry)]),
	"evidence": entry,
} if {
	some entry in scoped
}

deny contains {"message": "secure_path is not set", "evidence": {"secure_path": null}} if {
	input.facets.sudoers.effective
	not path
}

deny contains {"message": "secure_path is turned off", "evidence": {"secure_path": false}} if path == "false"

deny contains {
	"message": sprintf("secure_path holds %q, which users may fill", [directory]),
	"evidence": {"secure_path": path, "directory": directory},
} if {
	path != "false"
	some directory in bad
}
