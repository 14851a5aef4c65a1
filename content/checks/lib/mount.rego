# Mount points, now and after the next boot: the kernel's table, and fstab with systemd's mount units.
package casemate.lib.mount

now := input.facets.mounts.points

later := input.facets.fstab.points

# Below a mounted root nothing is mounted, and the engine hands over no such facet.
live if input.facets.mounts

# systemd mounts these at every boot without being told, with these options.
by_itself := {"/dev/shm": {"nodev", "nosuid"}}

separate(path) if {
	separate_now(path)
	separate_later(path)
}

separate_now(path) if now[path]

separate_now(_) if not live

separate_later(path) if {
	later[path]
	not by_hand(path)
}

# Boot leaves it alone, and nothing mounts it when it is asked for.
by_hand(path) if {
	"noauto" in later[path].options
	not "x-systemd.automount" in later[path].options
}

# Seen mounted, it will be again; below a mounted root nobody knows whether systemd starts there.
separate_later(path) if {
	later
	by_itself[path]
	live
}

not_separate(path) := not_now(path) | not_later(path)

not_now(path) := {finding |
	now
	not now[path]
	finding := {"message": sprintf("%s is no file system of its own", [path]), "evidence": {"path": path}}
}

not_later(path) := {finding |
	later
	not later[path]
	not by_itself[path]
	finding := {
		"message": sprintf("neither /etc/fstab nor a mount unit mounts %s at the next boot", [path]),
		"evidence": {"path": path},
	}
} if {
	not by_hand(path)
}

not_later(path) := {finding |
	by_hand(path)
	entry := later[path]
	finding := {
		"message": sprintf("%s:%d mounts %s only when told to (noauto)", [entry.file, entry.line, path]),
		"evidence": {"path": path, "file": entry.file, "line": entry.line},
	}
} if {
	by_hand(path)
}

# There is nothing at the path whose options could be judged.
nothing_at(path) if {
	later
	not later[path]
	absent_now(path)
}

absent_now(path) if {
	now
	not now[path]
}

absent_now(_) if not live

restricted(path, option) if {
	restricted_now(path, option)
	restricted_later(path, option)
}

restricted_now(path, option) if option in now[path].options

# It is not mounted now; the next mount takes the options of fstab.
restricted_now(path, _) if {
	now
	not now[path]
	later[path]
}

restricted_now(_, _) if not live

restricted_later(path, option) if set_in(later[path].options, option)

restricted_later(path, option) if {
	later
	not later[path]
	option in by_itself[path]
}

loose(path, option) := loose_now(path, option) | loose_later(path, option) | unwritten(path, option)

loose_now(path, option) := {finding |
	options := now[path].options
	not option in options
	finding := {
		"message": sprintf("%s is mounted without %s", [path, option]),
		"evidence": {"path": path, "options": options},
	}
}

loose_later(path, option) := {finding |
	entry := later[path]
	not set_in(entry.options, option)
	finding := {
		"message": sprintf("%s:%d mounts %s without %s", [entry.file, entry.line, path, option]),
		"evidence": {"path": path, "file": entry.file, "line": entry.line, "options": entry.options},
	}
}

unwritten(path, option) := {finding |
	now[path]
	later
	not later[path]
	not option in object.get(by_itself, path, set())
	finding := {
		"message": sprintf("neither /etc/fstab nor a mount unit gives %s the option %s at the next boot", [path, option]),
		"evidence": {"path": path},
	}
}

# mount(8) reads options from left to right: `noexec,exec` is exec, and `user` brings the three options along.
grants := {
	"nodev": {"nodev", "user", "users", "owner", "group"},
	"nosuid": {"nosuid", "user", "users", "owner", "group"},
	"noexec": {"noexec", "user", "users"},
}

revokes := {"nodev": "dev", "nosuid": "suid", "noexec": "exec"}

set_in(options, option) if {
	granted := [i | some i, word in options; word in grants[option]]
	count(granted) > 0
	revoked := [i | some i, word in options; word == revokes[option]]
	max(granted) > max(array.concat([-1], revoked))
}
