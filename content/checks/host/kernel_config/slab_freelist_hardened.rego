# METADATA
# title: Pointers between free slab objects are disguised
# description: Overwriting such a pointer makes the allocator hand out memory of the attacker's choice.
# custom:
#   id: host.kernel_config.slab_freelist_hardened
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_slab_freelist_hardened]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SLAB_FREELIST_HARDENED=y.
package casemate.host.kernel_config.slab_freelist_hardened

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SLAB_FREELIST_HARDENED")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SLAB_FREELIST_HARDENED")
