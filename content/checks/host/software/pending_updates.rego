# METADATA
# title: No update is waiting
# description: >-
#   Ordinary updates mend bugs that nobody has called a hole yet, and a host far behind takes security updates badly.
# custom:
#   id: host.software.pending_updates
#   kind: host
#   area: software
#   needs: [updates]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.2.2.1"]
#   params:
#     maximum: {type: int, default: 0, description: how many updates may wait}
#   remediation:
#     text: Install the updates.
#     command: apt-get update && apt-get upgrade -y
package casemate.host.software.pending_updates

pending := input.facets.updates.pending

compliant if count(pending) <= data.params.maximum

deny contains {
	"message": sprintf("%d updates are waiting; wanted %d at most", [count(pending), data.params.maximum]),
	"evidence": {"packages": [name | some name, _ in pending]},
} if {
	count(pending) > data.params.maximum
}
