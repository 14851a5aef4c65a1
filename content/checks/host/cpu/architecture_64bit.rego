# METADATA
# title: The system is a 64-bit one
# description: >-
#   A 64-bit kernel has room for real address randomisation, and newer protections are written for it alone.
# custom:
#   id: host.cpu.architecture_64bit
#   kind: host
#   area: kernel
#   needs: [identity]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R1]
#     ssg: [prefer_64bit_os]
#   remediation:
#     text: Install a 64-bit system where the processor can run one.
package casemate.host.cpu.architecture_64bit

arch := input.facets.identity.arch

wide := {"x86_64", "aarch64", "ppc64le", "ppc64", "s390x", "riscv64", "loongarch64", "mips64"}

compliant if arch in wide

deny contains {"message": sprintf("the system is built for %s", [arch]), "evidence": {"arch": arch}} if {
	is_string(arch)
	not arch in wide
}
