# METADATA
# title: The programs of a service exist
# description: A path that leads nowhere is a place for somebody else's program.
# custom:
#   id: host.unit.program_missing
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: low
#   attack: [T1543.002, T1574]
#   remediation:
#     text: Remove the unit, or install what it starts.
package casemate.host.unit.program_missing

programs := input.facets.service.executables

bad := [program | some program in programs; program.exists == false] if is_array(programs)

compliant if {
	count(programs) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("%s does not exist", [program.path]), "evidence": {"path": program.path}} if some program in bad
