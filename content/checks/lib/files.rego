# Modes and owners of files, as the facets `files` and its kin give them.
package casemate.lib.files

# What is wrong with a path or file against `wanted`:
# {"mode": "640", "owners": ["root"], "groups": ["root", "shadow"]}. Each is optional; a mode is the widest one allowed.
faults(facts, wanted) := {fault | some fault in mode_faults(facts, wanted)} |
	{fault | some fault in owner_faults(facts, wanted)} |
	{fault | some fault in group_faults(facts, wanted)}

mode_faults(facts, wanted) := {sprintf("mode is %s; wanted %s or stricter", [shown_mode(facts), wanted.mode]) |
	wider(facts, wanted.mode)
}

owner_faults(facts, wanted) := {sprintf("owner is %s; wanted %s", [owner(facts), concat(" or ", wanted.owners)]) |
	wanted.owners
	facts.uid >= 0
	not owned(facts, wanted.owners)
}

group_faults(facts, wanted) := {sprintf("group is %s; wanted %s", [group(facts), concat(" or ", wanted.groups)]) |
	wanted.groups
	facts.gid >= 0
	not grouped(facts, wanted.groups)
}

# All that `wanted` asks for is known and right.
right(facts, wanted) if {
	within(facts, wanted)
	owner_right(facts, wanted)
	group_right(facts, wanted)
}

within(_, wanted) if not wanted.mode

within(facts, wanted) if narrow(facts, wanted.mode)

owner_right(_, wanted) if not wanted.owners

owner_right(facts, wanted) if owned(facts, wanted.owners)

group_right(_, wanted) if not wanted.groups

group_right(facts, wanted) if grouped(facts, wanted.groups)

# No permission bit beyond those of an octal mode.
narrow(facts, mode) if {
	bits.and(facts.bits, outside(mode)) == 0
	bits.and(named(facts), outside(mode)) == 0
}

wider(facts, mode) if bits.and(facts.bits, outside(mode)) != 0

wider(facts, mode) if bits.and(named(facts), outside(mode)) != 0

# Rights that an access control list gives to somebody by name. Whoever that is counts among the others, whose bits are
# the last three of a mode.
named(facts) := object.get(facts, "acl_rights", 0)

# A file of the journal, without the rights to read that journald gives each user to the user's own, and systemd to the
# group adm.
journal(file) := object.union(file, {"acl_rights": bits.and(named(file), 2)}) if {
	startswith(file.path, "/var/log/journal/")
}

journal(file) := file if not startswith(file.path, "/var/log/journal/")

shown_mode(facts) := facts.mode if named(facts) == 0

shown_mode(facts) := sprintf("%s and an access control list", [facts.mode]) if named(facts) > 0

# The permission bits that a mode leaves out.
outside(mode) := 511 - bits.and(octal(mode), 511)

owned(facts, owners) if {
	"root" in owners
	facts.uid == 0
}

owned(facts, owners) if facts.owner in owners

grouped(facts, groups) if {
	"root" in groups
	facts.gid == 0
}

grouped(facts, groups) if facts.group in groups

owner(facts) := facts.owner if is_string(facts.owner)

owner(facts) := sprintf("%d", [facts.uid]) if not is_string(facts.owner)

group(facts) := facts.group if is_string(facts.group)

group(facts) := sprintf("%d", [facts.gid]) if not is_string(facts.group)

# The number that an octal text means: 416 for `640`. Undefined where it is none.
octal(text) := sum(parts) if {
	regex.match(`^[0-7]{1,5}$`, text)
	digits := regex.find_n(`[0-7]`, text, -1)
	last := count(digits) - 1
	parts := [n |
		some i, digit in digits
		n := to_number(digit) * power[last - i]
	]
}

power := [1, 8, 64, 512, 4096]

# Facts of a path in the facet `files`.
at(path) := input.facets.files.paths[path]

# Something stands at the path.
present(path) if at(path).exists == true

# It is known that nothing stands there.
absent(path) if at(path).exists == false

# A path that is there, or may be left out, and is right.
proper(path, wanted) if {
	present(path)
	right(at(path), wanted)
}

# The facts of a path in one small object, for evidence.
evidence(path) := {
	"path": path,
	"mode": at(path).mode,
	"owner": owner(at(path)),
	"group": group(at(path)),
}

# Files of a directory that are not as `wanted`, each with its faults.
wrong_below(list, wanted) := [{"path": file.path, "faults": found} |
	some file in list
	found := faults(file, wanted)
	count(found) > 0
]

# Each file is known to be right.
right_below(list, wanted) if {
	every file in list {
		right(file, wanted)
	}
}
