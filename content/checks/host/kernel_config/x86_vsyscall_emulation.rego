# METADATA
# title: The kernel has no emulation of vsyscall
# description: >-
#   Without it no program can even ask for the page at the fixed address. Only C libraries from before 2013 would.
# custom:
#   id: host.kernel_config.x86_vsyscall_emulation
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_x86_vsyscall_emulation]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_X86_VSYSCALL_EMULATION.
package casemate.host.kernel_config.x86_vsyscall_emulation

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

compliant if kernel.off("CONFIG_X86_VSYSCALL_EMULATION")

deny contains finding if some finding in kernel.must_be_off("CONFIG_X86_VSYSCALL_EMULATION")
