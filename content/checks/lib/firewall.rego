# The packet filter, as the next boot loads it and as it is in force.
package casemate.lib.firewall

import data.casemate.lib.unit

# A policy that lets nothing through; none stated means accept.
shuts(policy) if {
	is_string(policy)
	lower(policy) in {"drop", "reject"}
}

# The tools that boot would start with a filter on input. `config` is the facet `firewall_config`, `units` is `units`.
tools(config, units) := {tool | some tool in ["ufw", "nftables", "iptables", "firewalld"]; loads(tool, config, units)} if {
	config.ufw == config.ufw
	units.units
}

loads("ufw", config, units) if {
	config.ufw.enabled == true
	unit.starts(units, "ufw.service")
}

loads("nftables", config, units) if {
	config.nftables_input_chain == true
	unit.starts(units, "nftables.service")
}

loads("iptables", config, units) if {
	is_string(config.iptables_input_policy)
	some name in ["netfilter-persistent.service", "iptables.service"]
	unit.starts(units, name)
}

loads("firewalld", config, units) if {
	is_string(config.firewalld_zone)
	unit.starts(units, "firewalld.service")
}

# The tool drops IPv4 traffic to this host that no rule admits.
denies_input("ufw", config) if {
	shuts(config.ufw.incoming)
	rules := config.ufw.rules
	count([1 | some rule in rules; admits_all(rule)]) == 0
}

denies_input("nftables", config) if shuts(config.nftables_input_policy)

denies_input("iptables", config) if shuts(config.iptables_input_policy)

# All zones but this one reject what they do not name, unless their file says otherwise.
denies_input("firewalld", config) if {
	config.firewalld_zone != "trusted"
	not config.firewalld_target == "ACCEPT"
}

# A rule of ufw for every port and every sender, on any interface.
admits_all(rule) if regex.match(`^any(/(tcp|udp))? (allow|limit)$`, rule)

# The same for IPv6.
denies_input6("ufw", config) if {
	config.ufw.ipv6 == true
	denies_input("ufw", config)
}

denies_input6("nftables", config) if shuts(config.nftables_input6_policy)

denies_input6("iptables", config) if shuts(config.ip6tables_input_policy)

denies_input6("firewalld", config) if denies_input("firewalld", config)

# The families (`ip`, `ip6`) whose traffic on a hook is dropped where no rule decides. `live` is `firewall_live`.
denied_families(live, hook) := {family |
	some chain in chains
	chain.hook == hook
	chain.policy == "drop"
	some family in families[chain.family]
} if {
	chains := live.chains
}

# The families that have a chain on a hook at all.
filtered_families(live, hook) := {family |
	some chain in chains
	chain.hook == hook
	some family in families[chain.family]
} if {
	chains := live.chains
}

families := {"ip": ["ip"], "ip6": ["ip6"], "inet": ["ip", "ip6"]}
