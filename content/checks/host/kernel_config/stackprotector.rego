# METADATA
# title: Kernel functions check their stack before they return
# description: A canary in front of the return address turns a stack overflow into a halt instead of a takeover.
# custom:
#   id: host.kernel_config.stackprotector
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_stackprotector]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_STACKPROTECTOR=y.
package casemate.host.kernel_config.stackprotector

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_STACKPROTECTOR")

deny contains finding if some finding in kernel.must_be_on("CONFIG_STACKPROTECTOR")
