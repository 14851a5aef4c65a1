# METADATA
# title: String and memory functions check the size of their target
# description: The compiler knows the sizes of many buffers, so the check costs next to nothing.
# custom:
#   id: host.kernel_config.fortify_source
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_fortify_source]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_FORTIFY_SOURCE=y.
package casemate.host.kernel_config.fortify_source

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_FORTIFY_SOURCE")

deny contains finding if some finding in kernel.must_be_on("CONFIG_FORTIFY_SOURCE")
