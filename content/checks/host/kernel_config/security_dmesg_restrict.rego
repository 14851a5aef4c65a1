# METADATA
# title: Kernel messages are for root from the first moment
# description: The build option makes it the default before any sysctl is read.
# custom:
#   id: host.kernel_config.security_dmesg_restrict
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R15]
#     ssg: [kernel_config_security_dmesg_restrict]
#   attack: [T1082]
#   remediation:
#     text: Use a kernel built with CONFIG_SECURITY_DMESG_RESTRICT=y.
package casemate.host.kernel_config.security_dmesg_restrict

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SECURITY_DMESG_RESTRICT")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SECURITY_DMESG_RESTRICT")
