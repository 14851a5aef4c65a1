# METADATA
# title: There is no /dev/kmem
# description: The device gave root kernel memory to write as it liked, which rootkits used. It is gone since 5.13.
# custom:
#   id: host.kernel_config.devkmem
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_devkmem]
#   attack: [T1014]
#   remediation:
#     text: Use a kernel built without CONFIG_DEVKMEM.
package casemate.host.kernel_config.devkmem

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_DEVKMEM")

deny contains finding if some finding in kernel.must_be_off("CONFIG_DEVKMEM")
