# METADATA
# title: Nobody but root may change the program of a service
# description: The service runs whatever stands there at its next start, with its own rights.
# custom:
#   id: host.unit.program_writable
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: high
#   attack: [T1543.002, T1574]
#   remediation:
#     text: Give the file and all directories above it to root, without write for others.
package casemate.host.unit.program_writable

programs := input.facets.service.executables

bad := [program | some program in programs; program.writable == true] if is_array(programs)

compliant if {
	count(programs) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("others than root may write %s or a directory above it", [program.path]), "evidence": {"path": program.path}} if some program in bad
