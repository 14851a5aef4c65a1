# METADATA
# title: The stack check covers every function with arrays or addresses on its stack
# description: The plain variant leaves most functions with small buffers uncovered.
# custom:
#   id: host.kernel_config.stackprotector_strong
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_stackprotector_strong]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_STACKPROTECTOR_STRONG=y.
package casemate.host.kernel_config.stackprotector_strong

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_STACKPROTECTOR_STRONG")

deny contains finding if some finding in kernel.must_be_on("CONFIG_STACKPROTECTOR_STRONG")
