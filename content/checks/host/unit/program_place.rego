# METADATA
# title: Services do not start from places of users
# description: Programs in temporary directories or homes escape updates, and are how intruders stay.
# custom:
#   id: host.unit.program_place
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: high
#   attack: [T1543.002]
#   params:
#     places: {type: list, default: [/tmp/, /var/tmp/, /dev/shm/, /home/, /root/, /run/user/], description: beginnings of paths that are not accepted}
#   remediation:
#     text: Move the program to /usr/local or /opt, or find out who put it there.
package casemate.host.unit.program_place

programs := input.facets.service.executables

places := [place | some place in data.params.places]

bad := [program |
	some program in programs
	some place in places
	startswith(program.path, place)
] if is_array(programs)

compliant if {
	count(programs) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("starts %s", [program.path]), "evidence": {"path": program.path}} if some program in bad
