# METADATA
# title: System calls can be filtered by program
# description: Filters let a service keep the calls it needs and lose the rest.
# custom:
#   id: host.kernel_config.seccomp_filter
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R20]
#     ssg: [kernel_config_seccomp_filter]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SECCOMP_FILTER=y.
package casemate.host.kernel_config.seccomp_filter

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SECCOMP_FILTER")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SECCOMP_FILTER")
