# Kernel modules that must not be there.
#
# A module is kept out where it is neither loaded nor built in, and either no installed kernel has it, or modprobe.d
# both blacklists it (no loading by alias) and overrides its install command (no loading by name).
#
# Names are written with `_`. `option` is the kernel's build option for the module: it shows what is built in where
# /lib/modules is missing, as on hosts whose kernel comes from outside.
package casemate.lib.module

config := input.facets.modules_config

loaded := input.facets.modules_loaded.loaded

# Below a mounted root nothing is loaded, and the engine hands over no such facet.
live if input.facets.modules_loaded

kept_out(name, option) if {
	not_loaded(name)
	not_built_in(name, option)
	absent(name, option)
}

kept_out(name, option) if {
	not_loaded(name)
	not_built_in(name, option)
	blocked(name)
}

not_loaded(name) if {
	names := loaded_or_none
	not name in names
}

loaded_or_none := loaded

loaded_or_none := [] if not live

not_built_in(name, option) if {
	names := config.builtin
	not name in names
	not_configured_in(option)
	not_registered(name)
}

# A file system that the kernel knows although its module is not loaded is built in.
not_registered(name) if {
	known := input.facets.modules_loaded.filesystems
	not registered_as(name) in known
}

not_registered(_) if not live

registered_as(name) := "vxfs" if name == "freevxfs"

registered_as(name) := name if name != "freevxfs"

# No kernel configuration can be read; the list of built-in modules decides alone.
not_configured_in(_) if not input.facets.kernel_config

not_configured_in(option) if {
	options := input.facets.kernel_config.options
	object.get(options, option, "n") != "y"
}

# Nothing to load lies on disk. An empty /lib/modules proves nothing: in a container the kernel loads modules from its
# own root. There the module must not have been built at all.
absent(name, _) if {
	count(config.releases) > 0
	names := config.available
	not name in names
}

absent(name, option) if {
	count(config.releases) == 0
	options := input.facets.kernel_config.options
	count(options) > 0
	not options[option]
	names := config.available
	not name in names
}

blocked(name) if {
	config.blacklisted[name]
	overridden(name)
}

# The command is a shell's: what follows `;`, `&` or `|` runs too, and may load the module after all.
overridden(name) if {
	command := trim_space(config.install[name].command)
	regex.match(`^((/usr)?/bin/)?(false|true)([ \t]+[^;&|\x60$<>]*)?$`, command)
}

open(name, option) := is_loaded(name) | is_built_in(name, option) | can_load(name, option)

is_loaded(name) := {finding |
	name in loaded
	finding := {"message": sprintf("the module %s is loaded", [name]), "evidence": {"module": name}}
}

is_built_in(name, option) := {finding |
	known_built_in(name, option)
	finding := {
		"message": sprintf("%s is built into the kernel and cannot be kept out", [name]),
		"evidence": {"module": name, "option": option},
	}
}

known_built_in(name, _) if name in config.builtin

known_built_in(name, _) if {
	not_loaded(name)
	registered_as(name) in input.facets.modules_loaded.filesystems
}

known_built_in(_, option) if input.facets.kernel_config.options[option] == "y"

can_load(name, option) := {finding |
	name in config.available
	not known_built_in(name, option)
	missing := no_override(name) | no_blacklist(name)
	count(missing) > 0
	finding := {
		"message": sprintf("the module %s can be loaded: modprobe.d has %s", [name, concat(" and ", missing)]),
		"evidence": {"module": name},
	}
}

no_override(name) := {"no `install` override" | not overridden(name)}

no_blacklist(name) := {"no `blacklist` line" | not config.blacklisted[name]}
