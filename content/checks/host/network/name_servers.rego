# METADATA
# title: Names can be resolved by more than one server
# description: With a single server, its failure stops updates, time and mail at once.
# custom:
#   id: host.network.name_servers
#   kind: host
#   area: network
#   needs: [network]
#   severity: low
#   params:
#     minimum: {type: int, default: 2, description: least number of name servers}
#   remediation:
#     text: Name a second server.
package casemate.host.network.name_servers

found := input.facets.network.nameservers

# A resolver of the host itself (systemd-resolved, unbound) asks several others.
stub if {
	some address in found
	startswith(address, "127.")
}

stub if "::1" in found

compliant if stub

compliant if count(found) >= data.params.minimum

deny contains {"message": sprintf("resolv.conf names %d servers; wanted %d or more", [count(found), data.params.minimum]), "evidence": {"found": found}} if {
	count(found) < data.params.minimum
	not stub
}
