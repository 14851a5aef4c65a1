# METADATA
# title: Memory of data cannot run
# description: Without the no-execute bit every overflow of a buffer can carry the code that it wants to run.
# custom:
#   id: host.cpu.nx
#   kind: host
#   area: kernel
#   needs: [cpu, identity]
#   severity: high
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-213025]
#     disa_stig_ubuntu_24.04: [UBTU-24-700300]
#     ssg: [bios_enable_execution_restrictions]
#   attack: [T1203]
#   remediation:
#     text: Turn on `Execute Disable` or `NX` in the firmware.
package casemate.host.cpu.nx

flags := input.facets.cpu.flags

# Other architectures have no such flag; the feature is part of the architecture there.
applies if not other

other if {
	arch := input.facets.identity.arch
	not arch in {"x86_64", "i686", "i586", "i386", null}
}

compliant if {
	input.facets.identity.arch in {"x86_64", "i686", "i586", "i386"}
	"nx" in flags
}

deny contains {"message": "the processor shows no nx flag: it is old, or the firmware hides it"} if {
	input.facets.identity.arch in {"x86_64", "i686", "i586", "i386"}
	not "nx" in flags
	count(flags) > 0
}
