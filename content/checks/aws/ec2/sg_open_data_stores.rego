# METADATA
# title: Security group does not open further databases and analytics to the internet
# description: >-
#   Couchbase, CouchDB, InfluxDB, Neo4j, Hadoop, Spark and their like begin without a password.
# custom:
#   id: aws.ec2.sg_open_data_stores
#   kind: aws.ec2.security_group
#   area: network
#   needs: [configuration, prefix_lists]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133, T1190]
#   remediation:
#     text: >-
#       Let in the networks that need it, and take the rule for everybody out.
#     command: aws ec2 revoke-security-group-ingress --group-id GROUP --security-group-rule-ids RULE
package casemate.aws.ec2.sg_open_data_stores

import data.casemate.lib.aws.network

ports := [5984, 7077, 7474, 8086, 8088, 8091, 9870, 11210, 50000, 50070]

rules := input.facets.configuration.IpPermissions

lists := network.prefix_lists(input.facets.prefix_lists)

open := network.open_ports(rules, lists, "tcp", ports)

compliant if {
	network.is_known(rules, lists)
	count(open) == 0
}

deny contains {
	"message": sprintf("the internet reaches tcp %v", [port]),
	"evidence": {"port": port, "rules": network.shown(network.openers(rules, lists, "tcp", port), lists)},
} if {
	some port in open
}
