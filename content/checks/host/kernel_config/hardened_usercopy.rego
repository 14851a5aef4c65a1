# METADATA
# title: Copies between kernel and programs are checked for their bounds
# description: >-
#   A wrong length in such a copy reads or overwrites neighbouring kernel memory, which is among the commonest of
#   kernel bugs.
# custom:
#   id: host.kernel_config.hardened_usercopy
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_hardened_usercopy]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_HARDENED_USERCOPY=y.
package casemate.host.kernel_config.hardened_usercopy

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_HARDENED_USERCOPY")

deny contains finding if some finding in kernel.must_be_on("CONFIG_HARDENED_USERCOPY")
