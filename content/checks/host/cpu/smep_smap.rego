# METADATA
# title: The processor guards program memory from the kernel
# description: >-
#   With SMEP and SMAP an exploit cannot simply lay its code or data out in a program and have the kernel use it.
# custom:
#   id: host.cpu.smep_smap
#   kind: host
#   area: kernel
#   needs: [cpu, identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R1]
#   attack: [T1068]
#   remediation:
#     text: >-
#       Use a processor, or a virtual processor model, that has both; see that nosmep and nosmap are not on the
#       command line.
package casemate.host.cpu.smep_smap

flags := input.facets.cpu.flags

applies if not other

other if {
	arch := input.facets.identity.arch
	is_string(arch)
	arch != "x86_64"
}

wanted := {"smep", "smap"}

missing := wanted - {flag | some flag in flags}

compliant if {
	input.facets.identity.arch == "x86_64"
	every flag in wanted { flag in flags }
}

deny contains {"message": sprintf("the processor shows no %s", [concat(", ", missing)]), "evidence": {"flags": flags}} if {
	input.facets.identity.arch == "x86_64"
	count(flags) > 0
	count(missing) > 0
}
