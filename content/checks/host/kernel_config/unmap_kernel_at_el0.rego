# METADATA
# title: The kernel is not mapped while programs run (arm64)
# description: Speculation in a program then finds no kernel memory to read.
# custom:
#   id: host.kernel_config.unmap_kernel_at_el0
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R27]
#     ssg: [kernel_config_unmap_kernel_at_el0]
#   attack: [T1082]
#   remediation:
#     text: Use a kernel built with CONFIG_UNMAP_KERNEL_AT_EL0=y.
package casemate.host.kernel_config.unmap_kernel_at_el0

import data.casemate.lib.kernel

applies if not kernel.not_arm64

compliant if kernel.on("CONFIG_UNMAP_KERNEL_AT_EL0")

deny contains finding if some finding in kernel.must_be_on("CONFIG_UNMAP_KERNEL_AT_EL0")
