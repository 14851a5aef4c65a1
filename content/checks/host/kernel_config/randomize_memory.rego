# METADATA
# title: Kernel memory regions lie at random addresses
# description: Direct map, vmalloc and vmemmap move as well, not the code alone.
# custom:
#   id: host.kernel_config.randomize_memory
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R25]
#     ssg: [kernel_config_randomize_memory]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_RANDOMIZE_MEMORY=y.
package casemate.host.kernel_config.randomize_memory

import data.casemate.lib.kernel

applies if not kernel.not_x86_64

compliant if kernel.on("CONFIG_RANDOMIZE_MEMORY")

deny contains finding if some finding in kernel.must_be_on("CONFIG_RANDOMIZE_MEMORY")
