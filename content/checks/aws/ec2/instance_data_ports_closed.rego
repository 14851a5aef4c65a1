# METADATA
# title: Instance with a public address does not open databases to the internet
# description: >-
#   Groups say what may come in, and the address makes it so. Many databases begin without a password.
# custom:
#   id: aws.ec2.instance_data_ports_closed
#   kind: aws.ec2.instance
#   area: network
#   needs: [configuration]
#   related:
#     - {edge: uses, direction: out, kind: aws.ec2.security_group, facets: [configuration, prefix_lists]}
#     - {edge: uses, direction: out, kind: aws.ec2.default_security_group, facets: [configuration, prefix_lists]}
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133, T1190]
#   remediation:
#     text: >-
#       Take the public address away, or let in the networks that need the port.
package casemate.aws.ec2.instance_data_ports_closed

import data.casemate.lib.aws.network

ports := [1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 11211, 27017]

configuration := input.facets.configuration

exposed if network.has_public_address(configuration)

named := {group.GroupId | some group in configuration.SecurityGroups} | {group.GroupId |
	some interface in configuration.NetworkInterfaces
	some group in interface.Groups
}

groups := [one |
	some one in data.estate.related
	one.facets.configuration.GroupId in named
]

# Rules of several groups add up.
rules := [rule | some group in groups; some rule in group.facets.configuration.IpPermissions]

lists := object.union_n([network.prefix_lists(group.facets.prefix_lists) | some group in groups])

open := network.open_ports(rules, lists, "tcp", ports)

readable if {
	is_string(configuration.InstanceId)
	is_array(configuration.NetworkInterfaces)
}

compliant if {
	readable
	not exposed
}

compliant if {
	readable
	count(named) > 0
	every id in named { id in {group.facets.configuration.GroupId | some group in groups} }
	network.is_known(rules, lists)
	count(open) == 0
}

deny contains {
	"message": sprintf("the internet reaches tcp %v of it", [port]),
	"evidence": {"port": port, "groups": sort(named), "rules": network.shown(network.openers(rules, lists, "tcp", port), lists)},
} if {
	exposed
	some port in open
}
