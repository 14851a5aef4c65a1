# METADATA
# title: Memory is cleared when it is handed out
# description: Whatever the last owner left is gone before the next one can read it, for a cost of around one percent.
# custom:
#   id: host.kernel_config.init_on_alloc
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_INIT_ON_ALLOC_DEFAULT_ON=y.
package casemate.host.kernel_config.init_on_alloc

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_INIT_ON_ALLOC_DEFAULT_ON")

deny contains finding if some finding in kernel.must_be_on("CONFIG_INIT_ON_ALLOC_DEFAULT_ON")
