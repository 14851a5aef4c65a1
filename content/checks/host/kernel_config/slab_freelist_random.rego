# METADATA
# title: Slab memory is handed out in random order
# description: Heap exploits count on which object comes next to which.
# custom:
#   id: host.kernel_config.slab_freelist_random
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_slab_freelist_random]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SLAB_FREELIST_RANDOM=y.
package casemate.host.kernel_config.slab_freelist_random

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SLAB_FREELIST_RANDOM")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SLAB_FREELIST_RANDOM")
