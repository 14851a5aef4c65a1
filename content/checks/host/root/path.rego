# METADATA
# title: Root's search path holds safe directories only
# description: Root types ls and runs what another user put into a directory that comes first.
# custom:
#   id: host.root.path
#   kind: host
#   area: accounts
#   needs: [root_environment]
#   severity: high
#   frameworks:
#     cis_debian_12: ["5.4.2.5"]
#     ssg: [accounts_root_path_dirs_no_write, root_path_all_dirs, root_path_no_dot, no_dirs_unowned_by_root]
#   attack: [T1574.007]
#   remediation:
#     text: Remove the directory from ENV_SUPATH, /root/.profile or /root/.bashrc, or give it to root without write
#       access for others.
package casemate.host.root.path

path := input.facets.root_environment.path

absolute(entry) if {
	startswith(entry.directory, "/")
	not contains(entry.directory, "$")
}

safe(entry) if {
	absolute(entry)
	entry.exists == true
	entry.uid == 0
	entry.writable == false
}

compliant if {
	count(path) > 0
	every entry in path {
		safe(entry)
	}
}

# What a variable stands for is known to the shell only, so it is neither right nor wrong here.
expanded(entry) if regex.match(`[$~]`, entry.directory)

deny contains {
	"message": sprintf(
		"%q is no absolute path and depends on the current directory (%s)",
		[entry.directory, entry.file],
	),
	"evidence": entry,
} if {
	some entry in path
	not absolute(entry)
	not expanded(entry)
}

deny contains {
	"message": sprintf("%s is no directory (%s)", [entry.directory, entry.file]),
	"evidence": entry,
} if {
	some entry in path
	absolute(entry)
	entry.exists == false
}

deny contains {
	"message": sprintf("%s belongs to the user id %d (%s)", [entry.directory, entry.uid, entry.file]),
	"evidence": entry,
} if {
	some entry in path
	absolute(entry)
	entry.exists == true
	entry.uid != 0
}

deny contains {
	"message": sprintf("group or others may write to %s (%s)", [entry.directory, entry.file]),
	"evidence": entry,
} if {
	some entry in path
	absolute(entry)
	entry.writable == true
}
