# METADATA
# title: Slab memory can be checked while running
# description: Only with it does the parameter slub_debug have any effect.
# custom:
#   id: host.kernel_config.slub_debug
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_slub_debug]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SLUB_DEBUG=y.
package casemate.host.kernel_config.slub_debug

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SLUB_DEBUG")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SLUB_DEBUG")
