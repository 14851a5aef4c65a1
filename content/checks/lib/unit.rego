# What starts at boot and what runs now. `facts` is the facet `units`; `facets` holds `units_active` where it could be
# collected, and lacks it below a mounted root.
package casemate.lib.unit

# States in which boot starts a unit by itself.
starting := {"enabled", "generated"}

# The state of one unit in words; `absent` where no file defines it.
state(facts, name) := object.get(facts.units, [name, "state"], "absent")

starts(facts, name) if facts.units[name].state in starting

# A `static` unit is pulled in by others, so for the few that always are, it is as good as enabled.
starts_or_static(facts, name) if starts(facts, name)

starts_or_static(facts, name) if facts.units[name].state == "static"

# Nothing runs below a mounted root. On a live host whose first process is not systemd, what runs is not known.
nothing_runs(facets) if {
	not facets.units_active
	facets.identity.live == false
}

# Runs, or cannot since nothing runs here.
is_up(facets, name) if {
	is_boolean(facets.identity.live)
	name in facets.units_active.active
}

is_up(facets, _) if nothing_runs(facets)

# Known not to run.
is_down(facets, name) if {
	active := facets.units_active.active
	not name in active
}

# Those of `names` that boot starts.
started(facts, names) := [name |
	some name in names
	list[name].state in starting
] if {
	list := facts.units
}

# Those of `names` that run now; none where nothing runs.
running(facets, _) := [] if nothing_runs(facets)

# Nobody can tell what runs, but none of them is there to run.
running(facets, names) := [] if {
	not facets.units_active
	facets.identity.live == true
	list := facets.units.units
	is_object(list)
	count([name | some name in names; list[name]]) == 0
}

running(facets, names) := [name |
	some name in names
	name in list
] if {
	list := facets.units_active.active
	is_boolean(facets.identity.live)
}

# Whether what runs is known, or nothing runs here.
activity_known(facets) if nothing_runs(facets)

activity_known(facets) if {
	is_boolean(facets.identity.live)
	is_array(facets.units_active.active)
}
