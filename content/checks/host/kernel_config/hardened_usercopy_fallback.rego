# METADATA
# title: A copy outside of the permitted memory is refused, not just logged
# description: >-
#   With the fallback the bounds check only complains about slabs that nobody has marked. Kernels since 5.16 no longer
#   have it.
# custom:
#   id: host.kernel_config.hardened_usercopy_fallback
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_hardened_usercopy_fallback]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_HARDENED_USERCOPY_FALLBACK.
package casemate.host.kernel_config.hardened_usercopy_fallback

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_HARDENED_USERCOPY_FALLBACK")

deny contains finding if some finding in kernel.must_be_off("CONFIG_HARDENED_USERCOPY_FALLBACK")
