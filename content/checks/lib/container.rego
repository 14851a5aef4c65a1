# Settings of container engines and of the kubelet.
package casemate.lib.container

# Addresses of an engine's interface that the network can reach.
reachable(hosts) := [host |
	some host in hosts
	startswith(host, "tcp://")
	not on_loopback(host)
]

on_loopback(host) if {
	some prefix in ["tcp://127.", "tcp://localhost:", "tcp://[::1]"]
	startswith(host, prefix)
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
