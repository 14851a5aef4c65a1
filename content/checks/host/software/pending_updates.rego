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
#     days: {type: int, default: 7, description: most days since the lists were fetched for a pass}
#   clock: day
#   remediation:
#     text: Install the updates.
#     command: apt-get update && apt-get upgrade -y
package casemate.host.software.pending_updates

pending := input.facets.updates.pending

# Old lists do not know what came since.
compliant if {
	count(pending) <= data.params.maximum
	input.today_days - input.facets.updates.lists_day <= data.params.days
}

deny contains {
	"message": sprintf("%d updates are waiting; wanted %d at most", [count(pending), data.params.maximum]),
	"evidence": {"packages": [name | some name, _ in pending]},
} if {
	count(pending) > data.params.maximum
}
