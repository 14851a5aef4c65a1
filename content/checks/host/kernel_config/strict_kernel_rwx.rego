# METADATA
# title: Kernel code is read-only and kernel data cannot run
# description: Without the separation an attacker who can write one word of kernel memory can write code.
# custom:
#   id: host.kernel_config.strict_kernel_rwx
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_strict_kernel_rwx]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_STRICT_KERNEL_RWX=y.
package casemate.host.kernel_config.strict_kernel_rwx

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_STRICT_KERNEL_RWX")

deny contains finding if some finding in kernel.must_be_on("CONFIG_STRICT_KERNEL_RWX")
