# The kernel: how it was built, and with which parameters it starts.
package casemate.lib.kernel

options := input.facets.kernel_config.options

# Proof that there is a configuration to read an absence from.
readable if count(options) > 0

x86_64 if options.CONFIG_X86_64 == "y"

arm64 if options.CONFIG_ARM64 == "y"

# Another architecture, told by what is there. An empty configuration tells nothing.
not_x86_64 if {
	readable
	not x86_64
}

not_arm64 if {
	readable
	not arm64
}

on(option) if options[option] == "y"

off(option) if {
	readable
	not options[option]
}

must_be_on(option) := {finding |
	readable
	not on(option)
	finding := {
		"message": sprintf("the kernel was built with %s=%s; wanted y", [option, object.get(options, option, "n")]),
		"evidence": {"option": option, "file": object.get(input.facets.kernel_config, "file", "")},
	}
}

must_be_off(option) := {finding |
	value := options[option]
	finding := {
		"message": sprintf("the kernel was built with %s=%s; wanted it left out", [option, value]),
		"evidence": {"option": option, "file": object.get(input.facets.kernel_config, "file", "")},
	}
}

# [6, 1] of the kernel whose configuration was read: the file's name tells, or else the running release.
version := numbers(named[0]) if {
	release_read
	count(named) > 0
}

version := numbers(regex.find_n(`^[0-9]+\.[0-9]+`, release, 1)[0]) if {
	count(named) == 0
	is_string(release)
}

release := input.facets.identity.kernel_release

# Null below a mounted root.
release_read if is_string(release)

release_read if is_null(release)

named := regex.find_n(`config-[0-9]+\.[0-9]+`, input.facets.kernel_config.file, 1)

numbers(text) := [to_number(n) | some n in split(trim_prefix(text, "config-"), ".")]

before(wanted) if version < wanted

since(wanted) if version >= wanted

# The parameters of the running kernel; later ones win.
running := input.facets.kernel_cmdline.params

# Below a mounted root nothing runs, and the engine hands over no such facet.
live if input.facets.kernel_cmdline

loader := input.facets.boot_loader.loader

# Words that the next boot hands to the kernel, each line with the place it comes from: what update-grub will write,
# and what the boot loader's entries hold. Where a hypervisor starts the kernel, or no entry can be read, the running
# kernel alone is judged.
lines contains {"place": "GRUB_CMDLINE_LINUX of /etc/default/grub", "words": words} if {
	loader == "grub"
	words := input.facets.boot_loader.default_cmdline
	is_array(words)
}

lines contains {"place": sprintf("boot entry %d", [i + 1]), "words": words} if {
	entries := input.facets.boot_loader.entries
	is_array(entries)
	some i, words in entries
}

# Something is known of the next boot, or nothing can be.
next_boot_known if {
	loader
	count(lines) > 0
}

next_boot_known if {
	loader in {"none", "systemd-boot"}
	live
}

running_known if running

running_known if not live

# The last value of a parameter among words; "" for one without `=`.
last_value(words, name) := values[count(values) - 1] if {
	values := [value | some word in words; value := value_of(word, name)]
	count(values) > 0
}

value_of(word, name) := "" if word == name

value_of(word, name) := substring(word, count(name) + 1, -1) if startswith(word, sprintf("%s=", [name]))

running_value(name) := running[name][count(running[name]) - 1]

set_everywhere(name, wanted) if {
	next_boot_known
	set_now(name, wanted)
	every line in lines { accepts(wanted, last_value(line.words, name)) }
}

set_now(name, wanted) if accepts(wanted, running_value(name))

set_now(_, _) if not live

# `wanted` is {"values": [...]}, {"min": n}, or {"any": true} for a bare word.
accepts(wanted, value) if value in wanted.values

accepts(wanted, value) if {
	regex.match(`^[0-9]{1,18}$`, value)
	to_number(value) >= wanted.min
}

accepts(wanted, value) if {
	wanted.any
	not value in {"0", "n", "no", "off"}
}

not_set(name, wanted) := not_set_now(name, wanted) | not_set_later(name, wanted)

not_set_now(name, wanted) := {finding |
	running
	not accepts(wanted, running_value(name))
	finding := {
		"message": sprintf("the running kernel was started %s; wanted %s", [found(running, name), said(name, wanted)]),
		"evidence": {"parameter": name},
	}
}

not_set_later(name, wanted) := {finding |
	some line in lines
	not accepts(wanted, last_value(line.words, name))
	finding := {
		"message": sprintf("%s lacks %s", [line.place, said(name, wanted)]),
		"evidence": {"parameter": name, "words": [word | some word in line.words; value_of(word, name)]},
	}
}

found(params, name) := sprintf("without %s", [name]) if not params[name]

found(_, name) := sprintf("with %s=%s", [name, running_value(name)])

said(name, wanted) := concat(" or ", texts) if {
	wanted.values
	texts := [sprintf("%s=%s", [name, value]) | some value in wanted.values]
}

said(name, wanted) := sprintf("%s=%d or more", [name, wanted.min])

said(name, wanted) := name if wanted.any

# Words that must not be there, each `name` or `name=value`.
absent_everywhere(words) if {
	next_boot_known
	running_known
	count(present(words)) == 0
}

present(words) := present_now(words) | present_later(words)

present_now(words) := {finding |
	some word in words
	name := split(word, "=")[0]
	some value in running[name]
	value == value_of(word, name)
	finding := {"message": sprintf("the running kernel was started with %s", [word]), "evidence": {"parameter": word}}
}

present_later(words) := {finding |
	some line in lines
	some word in line.words
	word in words
	finding := {"message": sprintf("%s has %s", [line.place, word]), "evidence": {"parameter": word}}
}
