# METADATA
# title: Programs cannot change segment descriptors
# description: Only 16-bit programs under Wine or DOSEMU need the call, which has had holes that gave root.
# custom:
#   id: host.kernel_config.modify_ldt_syscall
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R25]
#     ssg: [kernel_config_modify_ldt_syscall]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_MODIFY_LDT_SYSCALL.
package casemate.host.kernel_config.modify_ldt_syscall

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

compliant if kernel.off("CONFIG_MODIFY_LDT_SYSCALL")

deny contains finding if some finding in kernel.must_be_off("CONFIG_MODIFY_LDT_SYSCALL")
