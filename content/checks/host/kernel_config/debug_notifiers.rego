# METADATA
# title: Notifier chains are checked before a call
# description: >-
#   A pointer in a chain that leads outside of kernel code or a loaded module is reported instead of followed.
# custom:
#   id: host.kernel_config.debug_notifiers
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R16]
#     ssg: [kernel_config_debug_notifiers]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_DEBUG_NOTIFIERS=y.
package casemate.host.kernel_config.debug_notifiers

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_DEBUG_NOTIFIERS")

deny contains finding if some finding in kernel.must_be_on("CONFIG_DEBUG_NOTIFIERS")
