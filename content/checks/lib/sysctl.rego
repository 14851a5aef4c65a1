# Kernel parameters, now and after the next boot.
#
# A parameter is right where a file sets it to a wanted value and, on a live host, the kernel has a wanted value now.
# A default that no file states may change with the next kernel, so it proves nothing. Patterns such as
# `net.ipv4.conf.*.rp_filter` are not counted: whether they reach `all` depends on exclusions elsewhere.
#
# `wanted` is one of {"values": ["1", "2"]}, {"min": 2} and {"max": 1}.
package casemate.lib.sysctl

persisted := input.facets.sysctl_persisted.values

running := input.facets.sysctl_running.values

# Below a mounted root nothing runs, and the engine hands over no such facet.
live if input.facets.sysctl_running

hold(names, wanted) if {
	every name in names { stays(name, wanted) }
	every name in names { runs(name, wanted) }
	count(interface_wrong(names, wanted)) == 0
}

stays(name, wanted) if accepts(wanted, persisted[name].value)

runs(name, wanted) if accepts(wanted, running[name])

runs(_, _) if not live

accepts(wanted, value) if fold(value) in wanted.values

accepts(wanted, value) if number(value) >= wanted.min

accepts(wanted, value) if number(value) <= wanted.max

fold(value) := concat(" ", regex.split(`[ \t]+`, trim_space(value)))

number(value) := to_number(value) if regex.match(`^-?[0-9]{1,18}$`, value)

wrong(names, wanted) := ((unset(names, wanted) | set_wrong(names, wanted)) | running_wrong(names, wanted)) | interface_wrong(names, wanted)

# Values of single interfaces. For these parameters of IPv4 it is enough that an interface says yes; of IPv6, `all` is a
# value of its own that no interface asks for (ip-sysctl.rst), but for the few of `asked`.
own := {
	"accept_redirects", "send_redirects", "secure_redirects", "accept_local", "route_localnet", "proxy_arp", "bootp_relay",
}

asked := {"forwarding", "accept_source_route", "disable_ipv6", "proxy_ndp", "mc_forwarding"}

counts(name) if {
	startswith(name, "net.ipv4.conf.all.")
	trim_prefix(name, "net.ipv4.conf.all.") in own
}

counts(name) if {
	startswith(name, "net.ipv6.conf.all.")
	not trim_prefix(name, "net.ipv6.conf.all.") in asked
}

# `net.ipv6.conf.eth0.accept_ra` of `net.ipv6.conf.all.accept_ra`.
of_interface(name, all) if {
	parts := split(all, ".all.")
	startswith(name, sprintf("%s.", [parts[0]]))
	endswith(name, sprintf(".%s", [parts[1]]))
	interface := trim_suffix(trim_prefix(name, sprintf("%s.", [parts[0]])), sprintf(".%s", [parts[1]]))
	not interface in {"all", "default", "lo"}
	not contains(interface, "*")
}

interface_wrong(names, wanted) := interface_set_wrong(names, wanted) | interface_running_wrong(names, wanted)

interface_set_wrong(names, wanted) := {finding |
	some all in names
	counts(all)
	some name, setting in persisted
	of_interface(name, all)
	not accepts(wanted, setting.value)
	finding := {
		"message": sprintf("%s:%d sets %s to `%s`; wanted %s", [setting.file, setting.line, name, setting.value, said(wanted)]),
		"evidence": {"parameter": name, "file": setting.file, "line": setting.line, "value": setting.value},
	}
}

# An interface where IPv6 is off takes in nothing.
interface_running_wrong(names, wanted) := {finding |
	some all in names
	counts(all)
	some name, value in running
	of_interface(name, all)
	not accepts(wanted, value)
	not off_there(name)
	finding := {
		"message": sprintf("%s is `%s` now; wanted %s", [name, value, said(wanted)]),
		"evidence": {"parameter": name, "running": value},
	}
}

off_there(name) if {
	startswith(name, "net.ipv6.conf.")
	parts := split(name, ".")
	running[concat(".", array.concat(array.slice(parts, 0, count(parts) - 1), ["disable_ipv6"]))] == "1"
}

unset(names, wanted) := {finding |
	persisted
	some name in names
	not persisted[name]
	finding := {
		"message": sprintf("no file sets %s for the next boot; wanted %s", [name, said(wanted)]),
		"evidence": {"parameter": name},
	}
}

set_wrong(names, wanted) := {finding |
	some name in names
	setting := persisted[name]
	not accepts(wanted, setting.value)
	finding := {
		"message": sprintf("%s:%d sets %s to `%s`; wanted %s", [setting.file, setting.line, name, setting.value, said(wanted)]),
		"evidence": {"parameter": name, "file": setting.file, "line": setting.line, "value": setting.value},
	}
}

running_wrong(names, wanted) := {finding |
	some name in names
	value := running[name]
	not accepts(wanted, value)
	finding := {
		"message": sprintf("%s is `%s` now; wanted %s", [name, value, said(wanted)]),
		"evidence": {"parameter": name, "running": value},
	}
}

said(wanted) := concat(" or ", wanted.values)

said(wanted) := sprintf("%d or more", [wanted.min])

said(wanted) := sprintf("%d or less", [wanted.max])

# The running kernel does not have it. What this user may not read is listed apart.
lacking(name) if {
	unreadable := input.facets.sysctl_running.unreadable
	not name in unreadable
	not running[name]
	running
}

# IPv6 is not there at all, or is off on every interface, present and future.
ipv6_off if lacking("net.ipv6.conf.all.disable_ipv6")

ipv6_off if {
	running["net.ipv6.conf.all.disable_ipv6"] == "1"
	running["net.ipv6.conf.default.disable_ipv6"] == "1"
}
