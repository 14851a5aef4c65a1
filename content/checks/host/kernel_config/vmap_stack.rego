# METADATA
# title: Kernel stacks lie in virtual memory with guard pages
# description: An overflow of the stack then hits an unmapped page at once instead of whatever lies below.
# custom:
#   id: host.kernel_config.vmap_stack
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_vmap_stack]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_VMAP_STACK=y.
package casemate.host.kernel_config.vmap_stack

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_VMAP_STACK")

deny contains finding if some finding in kernel.must_be_on("CONFIG_VMAP_STACK")
