# METADATA
# title: The vDSO is not mapped at a fixed address
# description: >-
#   An old C library needed a fixed address. Code at a place known in advance serves return-oriented exploits.
# custom:
#   id: host.kernel_config.compat_vdso
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_compat_vdso]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_COMPAT_VDSO.
package casemate.host.kernel_config.compat_vdso

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_COMPAT_VDSO")

deny contains finding if some finding in kernel.must_be_off("CONFIG_COMPAT_VDSO")
