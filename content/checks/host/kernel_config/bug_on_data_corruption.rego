# METADATA
# title: Corrupt data structures stop the task
# description: Where a check finds a structure damaged, going on would serve only the one who damaged it.
# custom:
#   id: host.kernel_config.bug_on_data_corruption
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R16]
#     ssg: [kernel_config_bug_on_data_corruption]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_BUG_ON_DATA_CORRUPTION=y.
package casemate.host.kernel_config.bug_on_data_corruption

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_BUG_ON_DATA_CORRUPTION")

deny contains finding if some finding in kernel.must_be_on("CONFIG_BUG_ON_DATA_CORRUPTION")
