# METADATA
# title: The kernel is built to stop after an internal error
# description: The default holds from the first moment, before any sysctl is read.
# custom:
#   id: host.kernel_config.panic_on_oops
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R19]
#     ssg: [kernel_config_panic_on_oops]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_PANIC_ON_OOPS=y.
package casemate.host.kernel_config.panic_on_oops

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_PANIC_ON_OOPS")

deny contains finding if some finding in kernel.must_be_on("CONFIG_PANIC_ON_OOPS")
