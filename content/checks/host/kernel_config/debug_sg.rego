# METADATA
# title: Scatter-gather lists are checked
# description: Lists that describe memory for devices are checked for marks that show them to be in order.
# custom:
#   id: host.kernel_config.debug_sg
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R16]
#     ssg: [kernel_config_debug_sg]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_DEBUG_SG=y.
package casemate.host.kernel_config.debug_sg

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_DEBUG_SG")

deny contains finding if some finding in kernel.must_be_on("CONFIG_DEBUG_SG")
