# METADATA
# title: "32-bit programs cannot run"
# description: >-
#   The 32-bit entry is a second, less tested set of system calls, and audit rules written for 64 bits miss it.
# custom:
#   id: host.kernel_config.ia32_emulation
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R25]
#     ssg: [kernel_config_ia32_emulation]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_IA32_EMULATION.
package casemate.host.kernel_config.ia32_emulation

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

compliant if kernel.off("CONFIG_IA32_EMULATION")

deny contains finding if some finding in kernel.must_be_off("CONFIG_IA32_EMULATION")
