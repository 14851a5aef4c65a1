# METADATA
# title: The scheduler checks the end of each stack
# description: Every switch of tasks looks whether the last word of the stack was overwritten.
# custom:
#   id: host.kernel_config.sched_stack_end_check
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_sched_stack_end_check]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SCHED_STACK_END_CHECK=y.
package casemate.host.kernel_config.sched_stack_end_check

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SCHED_STACK_END_CHECK")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SCHED_STACK_END_CHECK")
