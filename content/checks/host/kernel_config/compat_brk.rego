# METADATA
# title: The heap of a program starts at a random place
# description: >-
#   The option keeps the heap where programs of the last century expect it, and so takes it out of the randomisation.
# custom:
#   id: host.kernel_config.compat_brk
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R17]
#     ssg: [kernel_config_compat_brk]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_COMPAT_BRK.
package casemate.host.kernel_config.compat_brk

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_COMPAT_BRK")

deny contains finding if some finding in kernel.must_be_off("CONFIG_COMPAT_BRK")
