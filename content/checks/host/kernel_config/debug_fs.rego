# METADATA
# title: The kernel has no debug file system
# description: >-
#   debugfs exposes the insides of drivers with little care for permissions. Tracing and some monitoring tools need
#   it; where it stays, it should not be mounted.
# custom:
#   id: host.kernel_config.debug_fs
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_debug_fs]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built without CONFIG_DEBUG_FS.
package casemate.host.kernel_config.debug_fs

import data.casemate.lib.kernel

compliant if kernel.off("CONFIG_DEBUG_FS")

deny contains finding if some finding in kernel.must_be_off("CONFIG_DEBUG_FS")
