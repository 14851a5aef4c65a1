# METADATA
# title: The package lists are fresh
# description: >-
#   What the lists do not know yet looks up to date. Lists that are never refreshed make a host look well for ever.
# custom:
#   id: host.software.lists_fresh
#   kind: host
#   area: software
#   needs: [updates]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R61]
#   params:
#     days: {type: int, default: 7, description: most days since the lists were fetched}
#   clock: day
#   remediation:
#     text: "Refresh the lists every day: `apt-get update`, by apt-daily.timer or a job of your own."
#     command: apt-get update
package casemate.host.software.lists_fresh

age := input.today_days - input.facets.updates.lists_day

compliant if {
	age <= data.params.days
	age >= -1
}

deny contains {
	"message": sprintf("the newest package list is %d days old; wanted %d at most", [age, data.params.days]),
	"evidence": {"days": age},
} if {
	age > data.params.days
}

deny contains {"message": sprintf("the newest package list is %d days in the future: a clock is wrong", [0 - age])} if {
	age < -1
}
