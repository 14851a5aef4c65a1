# METADATA
# title: The kernel cannot touch program memory by accident (arm64)
# description: Processors without the hardware feature get it by switching the page table.
# custom:
#   id: host.kernel_config.arm64_sw_ttbr0_pan
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R27]
#     ssg: [kernel_config_arm64_sw_ttbr0_pan]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_ARM64_SW_TTBR0_PAN=y.
package casemate.host.kernel_config.arm64_sw_ttbr0_pan

import data.casemate.lib.kernel

applies if not kernel.not_arm64

compliant if kernel.on("CONFIG_ARM64_SW_TTBR0_PAN")

deny contains finding if some finding in kernel.must_be_on("CONFIG_ARM64_SW_TTBR0_PAN")
