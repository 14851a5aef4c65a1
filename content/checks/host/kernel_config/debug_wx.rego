# METADATA
# title: The kernel looks for memory that is both writable and executable
# description: At boot it walks its page tables and warns of pages that break the separation of code and data.
# custom:
#   id: host.kernel_config.debug_wx
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_debug_wx]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_DEBUG_WX=y.
package casemate.host.kernel_config.debug_wx

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_DEBUG_WX")

deny contains finding if some finding in kernel.must_be_on("CONFIG_DEBUG_WX")
