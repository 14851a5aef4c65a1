# What a network lets in from the internet. `group` is a security group's configuration, `acl` that of a network ACL,
# `lists` the CIDRs of prefix lists by their id.
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

whole := bits.lsh(1, 60)

# These networks hold the internet.
is_internet(cidrs) if {
	some cidr in cidrs
	net.cidr_is_valid(cidr)
	prefix_of(cidr) == 0
}

is_internet(cidrs) if {
	some family in [4, 6]
	given := {cidr | some cidr in cidrs; net.cidr_is_valid(cidr); family_of(cidr) == family}
	count(given) > 0
	all := given | {cidr | some cidr in private_of(family)}

	# Cheap: where even the sum with overlaps is too small, nothing needs to be compared.
	sum([weight(cidr) | some cidr in all]) >= whole
	outer := {cidr | some cidr in all; not is_inside_another(cidr, all)}
	sum([weight(cidr) | some cidr in outer]) >= whole
}

is_inside_another(cidr, all) if {
	some other in all
	prefix_of(other) < prefix_of(cidr)
	net.cidr_contains(other, cidr)
}

# The same network in two spellings counts once.
is_inside_another(cidr, all) if {
	some other in all
	other < cidr
	prefix_of(other) == prefix_of(cidr)
	net.cidr_contains(other, cidr)
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

first_port(rule) := object.get(rule, "FromPort", 0)

last_port(rule) := object.get(rule, "ToPort", 65535)

# The networks that a rule names, prefix lists opened.
cidrs_of(rule, lists) := (({range.CidrIp | some range in object.get(rule, "IpRanges", [])} |
	{range.CidrIpv6 | some range in object.get(rule, "Ipv6Ranges", [])}) |
	{cidr | some list in object.get(rule, "PrefixListIds", []); some cidr in object.get(lists, list.PrefixListId, [])})

# The rules (of `IpPermissions`) that take part in letting the internet reach the port; none where it cannot.
openers(rules, lists, protocol, port) := found if {
	found := [rule | some rule in rules; reaches(rule, protocol, port)]
	is_internet({cidr | some rule in found; some cidr in cidrs_of(rule, lists)})
}

is_open(rules, lists, protocol, port) if openers(rules, lists, protocol, port)

# Those of the ports that the internet can reach.
open_ports(rules, lists, protocol, ports) := [port | some port in ports; is_open(rules, lists, protocol, port)]

# Every port is open from 1 to 65535, by one rule or by several. What is open ends only behind the last port of a rule,
# so that those places tell all.
is_all_open(rules, lists, protocol) if {
	every edge in edges(rules, protocol) {
		is_open(rules, lists, protocol, edge)
	}
}

edges(rules, protocol) := {1} | {edge |
	some rule in rules
	not is_every_protocol(rule)
	lower(sprintf("%v", [rule.IpProtocol])) in protocol_names[protocol]
	edge := last_port(rule) + 1
	edge > 1
	edge <= 65535
}

# Places where something may begin to be open: the first ports of rules.
starts(rules, protocol) := {1} | {first_port(rule) |
	some rule in rules
	not is_every_protocol(rule)
	lower(sprintf("%v", [rule.IpProtocol])) in protocol_names[protocol]
}

# CIDRs by the id of the prefix list, out of related resources. AWS's own lists hold addresses of its services alone.
prefix_lists(related) := object.union(
	{one.resource.name: set() |
		some one in related
		one.resource.kind == "aws.ec2.aws_prefix_list"
	},
	{one.resource.name: cidrs |
		some one in related
		one.resource.kind == "aws.ec2.prefix_list"
		cidrs := {entry.Cidr | some entry in one.facets.entries.items}
	},
)

# What each prefix list holds that the rules name is known: one shared by another account may not be.
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

is_denied_before(entry, fitting) if {
	some other in fitting
	other.RuleAction == "deny"
	other.RuleNumber < entry.RuleNumber
	family_of(acl_cidr(other)) == family_of(acl_cidr(entry))
	net.cidr_contains(acl_cidr(other), acl_cidr(entry))
}
