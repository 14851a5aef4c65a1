# METADATA
# title: Security modules can be used
# description: Without the framework there is neither AppArmor nor SELinux nor Yama.
# custom:
#   id: host.kernel_config.security
#   kind: host
#   area: kernel
#   needs: [kernel_config]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R20]
#     ssg: [kernel_config_security]
#   attack: [T1068]
#   remediation:
#     text: Use a kernel built with CONFIG_SECURITY=y.
package casemate.host.kernel_config.security

import data.casemate.lib.kernel

compliant if kernel.on("CONFIG_SECURITY")

deny contains finding if some finding in kernel.must_be_on("CONFIG_SECURITY")
