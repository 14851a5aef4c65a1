# Settings of container engines and of the kubelet.
package casemate.lib.container

# Addresses of an engine's interface that the network can reach.
reachable(hosts) := [host |
	some host in hosts
	by_network(host)
	not on_loopback(host)
]

by_network(host) if startswith(lower(host), "tcp://")

# `-H 0.0.0.0:2375`: dockerd takes an address without a scheme for TCP.
by_network(host) if {
	not contains(host, "://")
	host != ""
}

on_loopback(host) if {
	address := trim_prefix(lower(host), "tcp://")
	regex.match(`^(127\.[0-9]+\.[0-9]+\.[0-9]+|localhost|\[::1\])(:[0-9]*)?/?$`, address)
}

# A flag's value is text, a file's value has its own type.
is_true(value) if value == true

is_true(value) if {
	is_string(value)
	lower(value) in {"true", "1", "t"}
}

is_false(value) if value == false

is_false(value) if {
	is_string(value)
	lower(value) in {"false", "0", "f"}
}

# A whole number, written either way.
number_of(value) := value if is_number(value)

number_of(value) := to_number(value) if {
	is_string(value)
	regex.match(`^-?[0-9]+$`, value)
}

# What stands at a path has bits that `mask` does not allow.
too_open(facts, allowed) if bits.and(facts.bits, bits.xor(4095, allowed)) != 0

# Whoever an access control list names counts among the others.
too_open(facts, allowed) if bits.and(object.get(facts, "acl_rights", 0), bits.xor(4095, allowed)) != 0
