# METADATA
# title: The kernel itself lies at a random address
# description: Exploits that need kernel addresses have to leak one first.
# custom:
#   id: host.kernel_config.randomize_base
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R25, R27]
#     ssg: [kernel_config_randomize_base]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_RANDOMIZE_BASE=y.
package casemate.host.kernel_config.randomize_base

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_RANDOMIZE_BASE")

deny contains finding if some finding in kernel.must_be_on("CONFIG_RANDOMIZE_BASE")
