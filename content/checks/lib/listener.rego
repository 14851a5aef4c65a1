# Sockets that others than this host can reach. `facts` is the facet `listeners`.
package casemate.lib.listener

# The sockets of a transport (`tcp`, `udp`) on one of `ports`, or of one of the programs `processes`, that are bound to
# more than loopback.
exposed(facts, transport, ports, processes) := [socket |
	some socket in sockets
	socket.reach != "loopback"
	transport_of(socket) in transport
	matches(socket, ports, processes)
] if {
	sockets := facts.sockets
}

transport_of(socket) := trim_suffix(socket.protocol, "6")

matches(socket, ports, _) if socket.port in ports

matches(socket, _, processes) if {
	socket.process != null
	socket.process in processes
}

# `0.0.0.0:6379/tcp (redis-server)`
show(socket) := sprintf("%s/%s (%s)", [place(socket), transport_of(socket), socket.process]) if socket.process != null

show(socket) := sprintf("%s/%s", [place(socket), transport_of(socket)]) if socket.process == null

place(socket) := sprintf("[%s]:%d", [socket.address, socket.port]) if contains(socket.address, ":")

place(socket) := sprintf("%s:%d", [socket.address, socket.port]) if not contains(socket.address, ":")

evidence(socket) := {
	"protocol": socket.protocol, "address": socket.address, "port": socket.port, "process": socket.process,
	"unit": socket.unit,
}

# It is known which program each socket belongs to: all processes could be looked into, or each socket has one.
told(facts) if {
	is_array(facts.sockets)
	facts.processes_seen == true
}

told(facts) if {
	sockets := facts.sockets
	count([1 | some socket in sockets; socket.process == null]) == 0
}

# None was found, and none can hide behind a process that could not be seen.
none(facts, found) if {
	count(found) == 0
	told(facts)
}
