# METADATA
# title: The kernel meets every known weakness of the processor
# description: >-
#   Each entry is a way for one program, or guest, to read memory of another that this kernel, with this microcode and
#   these parameters, leaves open.
# custom:
#   id: host.cpu.vulnerabilities
#   kind: host
#   area: kernel
#   needs: [cpu]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R8]
#   attack: [T1082]
#   params:
#     allow_smt: {type: bool, default: true, description: accept that threads of one core can still spy on each other}
#   remediation:
#     text: >-
#       Install microcode (intel-microcode, amd64-microcode) and kernel updates, take `mitigations=off` off the
#       command line, and restart. In a guest, the hypervisor must pass the microcode's features on.
package casemate.host.cpu.vulnerabilities

known := input.facets.cpu.vulnerabilities

open contains name if {
	some name, text in known
	startswith(lower(text), "vulnerable")
}

open contains name if {
	some name, text in known
	contains(lower(text), "smt vulnerable")
	not data.params.allow_smt
}

compliant if {
	count(known) > 0
	count(open) == 0
}

deny contains {"message": sprintf("%s: %s", [name, known[name]]), "evidence": {"weakness": name, "kernel": known[name]}} if {
	some name in open
}
