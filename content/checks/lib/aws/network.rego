# What a network lets in from the internet. `rules` are those of a security group (`IpPermissions`), `entries` those of
# a network ACL, `lists` the CIDRs of prefix lists by their id.
#
# The internet is all public addresses of IPv4 or of IPv6: `0.0.0.0/0`, `::/0`, or any set of networks that together
# hold them, as `0.0.0.0/1` and `128.0.0.0/1` do. Networks without a public address are taken as given, so that a set
# which leaves only those out is the internet too. Groups that are referred to are never the internet.
package casemate.lib.aws.network

# Networks of IPv4 that hold no public address (IANA's registry of special addresses), and multicast.
private4 := [
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
]

# What lies beside 2000::/3, in which all public addresses of IPv6 are.
private6 := ["::/3", "4000::/2", "8000::/1"]

private_of(family) := private4 if family == 4

private_of(family) := private6 if family == 6

family_of(cidr) := 6 if contains(cidr, ":")

family_of(cidr) := 4 if not contains(cidr, ":")

prefix_of(cidr) := to_number(split(cidr, "/")[1])

# Weights of networks: an integer that halves with each bit. What is longer than 60 bits weighs nothing.
weight(cidr) := bits.lsh(1, 60 - prefix_of(cidr)) if prefix_of(cidr) <= 60

weight(cidr) := 0 if prefix_of(cidr) > 60

# These networks hold the internet.
is_internet(cidrs) if {
	is_public(cidrs, "0.0.0.0/0", private4)
} else if {
	is_public(cidrs, "::/0", private6)
}

is_public(cidrs, root, private) if {
	given := {cidr | some cidr in cidrs; family_of(cidr) == family_of(root); net.cidr_is_valid(cidr)}
	count(given) > 0
	is_covered(root, given, private)
}

# Each address of the network is in one of the others, in several of them that together hold it, or in private ones.
is_covered(cidr, others, private) if {
	some other in others
	holds(other, cidr)
} else if {
	prefix_of(cidr) <= 60
	inside := {other | some other in others; holds(cidr, other)} | {other | some other in private; holds(cidr, other)}

	# Cheap: where even the sum with overlaps is too small, nothing needs to be compared.
	sum([weight(other) | some other in inside]) >= weight(cidr)
	outer := {other | some other in inside; not is_inside_another(other, inside)}
	sum([weight(other) | some other in outer]) >= weight(cidr)
}

holds(outer, inner) if {
	prefix_of(outer) <= prefix_of(inner)
	family_of(outer) == family_of(inner)
	net.cidr_contains(outer, inner)
}

# The same network in two spellings counts once.
is_inside_another(cidr, all) if {
	some other in all
	is_before(other, cidr)
	holds(other, cidr)
}

is_before(other, cidr) if {
	prefix_of(other) < prefix_of(cidr)
} else if {
	prefix_of(other) == prefix_of(cidr)
	other < cidr
}

# Of a protocol its name and its number (IANA); `-1` is all.
protocol_names := {"tcp": {"tcp", "6", "-1", "all"}, "udp": {"udp", "17", "-1", "all"}}

is_every_protocol(rule) if lower(sprintf("%v", [rule.IpProtocol])) in {"-1", "all"}

# The rule lets this protocol through to this port. A rule for every protocol has no ports; one for a protocol that
# names none is for all of them.
reaches(rule, protocol, _) if {
	protocol_names[protocol]
	is_every_protocol(rule)
}

reaches(rule, protocol, port) if {
	lower(sprintf("%v", [rule.IpProtocol])) in protocol_names[protocol]
	first_port(rule) <= port
	port <= last_port(rule)
}

# -1 is all, too.
first_port(rule) := max([0, object.get(rule, "FromPort", 0)])

last_port(rule) := port if {
	port := object.get(rule, "ToPort", 65535)
	port >= 0
} else := 65535

# The networks that a rule names, prefix lists opened.
cidrs_of(rule, lists) := (({range.CidrIp | some range in object.get(rule, "IpRanges", [])} |
	{range.CidrIpv6 | some range in object.get(rule, "Ipv6Ranges", [])}) |
	{cidr | some list in object.get(rule, "PrefixListIds", []); some cidr in object.get(lists, list.PrefixListId, [])})

# The rules (of `IpPermissions`) that take part in letting the internet reach the port; none where it cannot.
openers(rules, lists, protocol, port) := found if {
	found := [rule | some rule in rules; reaches(rule, protocol, port)]
	is_internet(sources(rules, lists, protocol, port))
}

is_open(rules, lists, protocol, port) if openers(rules, lists, protocol, port)

# Those of the ports that the internet can reach. Ports that the same networks reach are judged once.
open_ports(rules, lists, protocol, ports) := [port |
	some port in ports
	reach[port] in open
] if {
	reach := {port: sources(rules, lists, protocol, port) | some port in ports}
	open := {cidrs | some cidrs in {one | some one in reach}; is_internet(cidrs)}
}

# Networks that reach the port.
sources(rules, lists, protocol, port) := {cidr |
	some rule in rules
	reaches(rule, protocol, port)
	some cidr in cidrs_of(rule, lists)
}

# Every port is open from 1 to 65535, by one rule or by several. What is open ends only behind the last port of a rule,
# so that those places tell all.
is_all_open(rules, lists, protocol) if {
	places := edges(rules, protocol)
	count(open_ports(rules, lists, protocol, places)) == count(places)
}

edges(rules, protocol) := {1} | {edge |
	some rule in rules
	not is_every_protocol(rule)
	lower(sprintf("%v", [rule.IpProtocol])) in protocol_names[protocol]
	edge := last_port(rule) + 1
	edge > 1
	edge <= 65535
}

# Ports beside the agreed ones that the internet can reach: the first of each stretch. What is open begins at the first
# port of a rule, behind the last of another, or behind an agreed one.
open_beside(rules, lists, protocol, agreed) := open_ports(rules, lists, protocol, places) if {
	behind := {next | some one in agreed; next := one + 1; next <= 65535}
	places := ((starts(rules, protocol) | edges(rules, protocol)) | behind) - agreed
}

starts(rules, protocol) := {first_port(rule) |
	some rule in rules
	not is_every_protocol(rule)
	lower(sprintf("%v", [rule.IpProtocol])) in protocol_names[protocol]
}

# CIDRs by the id of the prefix list, out of the facet that holds their entries; none for a list that is no more.
prefix_lists(facet) := lists if {
	is_array(facet.items)
	lists := {id: cidrs |
		some id in {one.of | some one in facet.items}
		cidrs := {entry.Cidr | some one in facet.items; one.of == id; some entry in one.items}
	}
}

# What each prefix list holds that the rules name is known.
is_known(rules, lists) if {
	every rule in rules {
		every list in object.get(rule, "PrefixListIds", []) { lists[list.PrefixListId] }
	}
}

# `tcp 20-25 from 0.0.0.0/0`
show(rule, lists) := sprintf("%v %s from %s", [rule.IpProtocol, show_ports(rule), concat(", ", sort(cidrs_of(rule, lists)))])

show_ports(rule) := "all ports" if not is_number(object.get(rule, "FromPort", null))

show_ports(rule) := sprintf("%v", [rule.FromPort]) if {
	rule.FromPort == object.get(rule, "ToPort", null)
}

show_ports(rule) := sprintf("%v-%v", [rule.FromPort, object.get(rule, "ToPort", 65535)]) if {
	is_number(rule.FromPort)
	rule.FromPort != object.get(rule, "ToPort", null)
}

# Rules in words, for evidence: the first ten.
shown(rules, lists) := array.slice([show(rule, lists) | some rule in rules], 0, 10)

# --- network ACLs ---

acl_names := {"tcp": {"tcp", "6", "-1"}, "udp": {"udp", "17", "-1"}}

acl_reaches(entry, protocol, port) if {
	entry.Protocol in acl_names[protocol]
	object.get(entry, ["PortRange", "From"], 0) <= port
	port <= object.get(entry, ["PortRange", "To"], 65535)
}

acl_cidr(entry) := entry.CidrBlock

acl_cidr(entry) := entry.Ipv6CidrBlock

# Entries of the ACL that let the internet in to the port. The lowest number that fits decides, so that an allowance
# behind a denial of the same network does nothing; a denial of a part leaves the rest open.
acl_openers(entries, protocol, port) := found if {
	fitting := [entry | some entry in entries; entry.Egress == false; acl_reaches(entry, protocol, port)]
	found := [entry |
		some entry in fitting
		entry.RuleAction == "allow"
		not is_denied_before(entry, fitting)
	]
	is_internet({cidr | some entry in found; cidr := acl_cidr(entry)})
}

# Denials of a lower number hold it, one by one or together; private networks do not count.
is_denied_before(entry, fitting) if {
	denied := {acl_cidr(other) |
		some other in fitting
		other.RuleAction == "deny"
		other.RuleNumber < entry.RuleNumber
	}
	count(denied) > 0
	is_covered(acl_cidr(entry), denied, private_of(family_of(acl_cidr(entry))))
}

# --- routes ---

# Active routes of the table that lead from everywhere to an internet gateway.
internet_routes(table) := [route |
	some route in table.Routes
	startswith(object.get(route, "GatewayId", ""), "igw-")
	object.get(route, "State", "active") != "blackhole"
	some field in ["DestinationCidrBlock", "DestinationIpv6CidrBlock"]
	prefix_of(route[field]) == 0
]

# Whether the subnet has a road to the internet; undefined where its route table is not known. The table with which it is
# associated counts, else the main one of its network.
road(subnet, tables) := "public" if {
	some table in tables_of(subnet, tables)
	count(internet_routes(table)) > 0
} else := "private" if {
	count(tables_of(subnet, tables)) > 0
}

tables_of(subnet, tables) := own if {
	own := [table | some table in tables; some one in table.Associations; one.SubnetId == subnet.SubnetId]
	count(own) > 0
} else := [table | some table in tables; some one in table.Associations; one.Main == true]

# --- addresses ---

# The instance has an address that the internet can reach: every one of IPv6 is such.
has_public_address(instance) if instance.PublicIpAddress != ""

has_public_address(instance) if {
	some interface in instance.NetworkInterfaces
	interface.Association.PublicIp != ""
}

has_public_address(instance) if {
	some interface in instance.NetworkInterfaces
	count(interface.Ipv6Addresses) > 0
}
