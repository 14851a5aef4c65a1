# METADATA
# title: Slab caches of like size are not merged
# description: >-
#   Merged caches put objects of different kinds side by side, so that an overflow in one reaches the other. The
#   parameter slab_nomerge does the same at boot.
# custom:
#   id: host.kernel_config.slab_merge_default
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_slab_merge_default]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_SLAB_MERGE_DEFAULT.
package casemate.host.kernel_config.slab_merge_default

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_SLAB_MERGE_DEFAULT")

deny contains finding if some finding in kernel.must_be_off("CONFIG_SLAB_MERGE_DEFAULT")
